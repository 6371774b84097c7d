-- Isolation switched off (thesis, section 6.2.5), with and without a neighbour that computes without end on the container's host.
local node = require "node"

campaign {
  name = "isolation",
  title = "A container with and without isolation, alone and beside a busy neighbour",
  question = "What does isolation protect a container from?",
  testbed = "virtual",
}

profile("quick", { duration = 4, kernel = "nohz", repeats = 2 })

param("duration", 10, "seconds of traffic per trial")

axis("kernel",    { "nohz", "rt" })
axis("os",        { "bookworm" })
axis("isolation", { true, false })
axis("neighbour", { false, true })
axis("rate",      { 1000 }, { unit = "pkt/s" })
repeats(3)

boot(function(c) return { dut = { os = c.os, kernel = c.kernel, cmdline = node.cmdline(c) } } end)
configure(function(c, blueprint) return node.files(c, blueprint) end)
setup(function(c, tb)
  node.start(c, tb)
  if c.neighbour then tb.dut:disturb { neighbours = 1 } end
end)
measure(function(c, tb) return traffic { rate = c.rate, size = 64, duration = param.duration } end)

report { baseline = { isolation = true, neighbour = false }, compare = { "isolation", "neighbour", "kernel" }, rate_tolerance = 0.02 }
