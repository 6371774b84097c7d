-- The base experiment (thesis, section 6.2.1): one layer-2 forwarder in a container, on machines that really boot.
--   campaign run sweeps/base.lua --quick       a first report in minutes
--   campaign run sweeps/base.lua               the whole sweep
local node = require "node"

campaign {
  name = "base",
  title = "Base experiment: one layer-2 forwarder in a container",
  question = "What do kernel, operating system, isolation and packet rate do to the latency of a forwarder?",
  testbed = "virtual",
}

-- Smaller sweeps: does it work here, and a first report.
profile("smoke", { duration = 1, kernel = { "nohz", "rt" }, os = "bookworm", isolation = true, rate = 1000, repeats = 1 })
profile("quick", { duration = 4, kernel = { "nohz", "rt" }, os = "bookworm", rate = 1000, repeats = 2 })

param("duration", 10, "seconds of traffic per trial")

axis("kernel",    testbed.kernels)
axis("os",        testbed.oses)
axis("isolation", { true, false })
axis("rate",      node.rates(), { unit = "pkt/s" })
repeats(3)

exclude(function(c) return c.kernel == "nohz" and c.os == "bullseye" end,
  "Debian's 5.10 kernels are built without CONFIG_NO_HZ_FULL")

boot(function(c) return { dut = { os = c.os, kernel = c.kernel, cmdline = node.cmdline(c) } } end)
configure(function(c, blueprint) return node.files(c, blueprint) end)
setup(function(c, tb) node.start(c, tb) end)
measure(function(c, tb) return traffic { rate = c.rate, size = 64, duration = param.duration } end)

report { baseline = { isolation = true }, compare = { "kernel", "os", "isolation" }, rate_tolerance = 0.02 }

-- In an emulator latencies are those of the PC: a bound for them belongs to a lab's campaign. That packets arrive does not depend on it.
gate [[ where * : loss <= 1% ]]
