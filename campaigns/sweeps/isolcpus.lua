-- The kernel parameter isolcpus (thesis, section 6.2.4): it takes CPUs from the scheduler, as the cpuset partition does. Does it add anything to it, or
-- get in its way (section 5.5.3)?
local node = require "node"

campaign {
  name = "isolcpus",
  title = "isolcpus beside a cpuset partition",
  question = "Does isolcpus change the latency of a container whose CPUs are a partition of their own?",
  testbed = "virtual",
}

profile("quick", { duration = 4, kernel = "nohz", repeats = 2 })

param("duration", 10, "seconds of traffic per trial")

axis("kernel",   { "nohz", "rt" })
axis("os",       { "bookworm" })
axis("isolcpus", { false, true })
axis("rate",     { 1000 }, { unit = "pkt/s" })
derive("isolation", function() return true end)
repeats(3)

boot(function(c)
  return { dut = { os = c.os, kernel = c.kernel, cmdline = node.cmdline(c, { isolcpus = c.isolcpus and "2" or nil }) } }
end)
configure(function(c, blueprint) return node.files(c, blueprint) end)
setup(function(c, tb) node.start(c, tb) end)
measure(function(c, tb) return traffic { rate = c.rate, size = 64, duration = param.duration } end)

report { baseline = { isolcpus = false }, compare = { "isolcpus", "kernel" }, rate_tolerance = 0.02 }
