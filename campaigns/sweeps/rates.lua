-- Which packet rates a testbed carries: 'campaign testbed probe virtual' runs this and keeps the answer for testbed.rates.
local node = require "node"

campaign {
  name = "rates",
  title = "Rates that the testbed carries",
  question = "Up to which packet rate is nothing lost, and does the load generator keep up?",
  testbed = "virtual",
  -- Each trial begins at the same moment, right after the set-up.
  isolation_between_trials = "snapshot",
}

param("duration", 3, "seconds of traffic per trial")

axis("rate", { 1000, 2000, 5000, 10000, 20000, 50000 }, { unit = "pkt/s" })
derive("kernel", function() return testbed.kernels[1] end)
derive("os", function() return testbed.oses[1] end)
derive("isolation", function() return true end)
repeats(2)

boot(function(c) return { dut = { os = c.os, kernel = c.kernel, cmdline = node.cmdline(c) } } end)
configure(function(c, blueprint) return node.files(c, blueprint) end)
setup(function(c, tb) node.start(c, tb) end)
measure(function(c, tb) return traffic { rate = c.rate, size = 64, duration = param.duration } end)

report { baseline = { rate = 1000 }, compare = { "rate" } }
