-- Low packet rates (thesis, section 6.2.2): the fewer packets, the deeper sleeps whatever handles them; do rare packets take longer?
local node = require "node"

campaign {
  name = "low-rates",
  title = "Low packet rates",
  question = "Is a packet slower when hardly any others come?",
  testbed = "virtual",
}

profile("quick", { duration = 5, kernel = "nohz", rate = { 20, 1000 }, repeats = 2 })

param("duration", 20, "seconds of traffic per trial")

axis("kernel", { "nohz", "rt" })
axis("os",     { "bookworm" })
axis("rate",   { 20, 100, 500, 1000 }, { unit = "pkt/s" })
derive("isolation", function() return true end)
repeats(3)

boot(function(c) return { dut = { os = c.os, kernel = c.kernel, cmdline = node.cmdline(c) } } end)
configure(function(c, blueprint) return node.files(c, blueprint) end)
setup(function(c, tb) node.start(c, tb) end)
measure(function(c, tb) return traffic { rate = c.rate, size = 64, duration = param.duration } end)

report { baseline = { rate = 1000 }, compare = { "rate", "kernel" }, rate_tolerance = 0.02 }
