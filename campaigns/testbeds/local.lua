-- This machine: load generator, forwarder and timestamper are processes of campaign, and packets go over loopback.
-- Needs no root and no packages. Its figures are those of a PC.
testbed {
  driver = "local",
  title = "this machine, over loopback",
  hosts = {
    here = { roles = { "loadgen", "dut", "timestamper" } },
  },
  kernels = { "running" },
  oses = { "running" },
  rates = { 1000, 5000 },
  trial_overhead = 1,
  options = {
    -- Whether a campaign may run shell commands on this machine (tb.dut:run and the like).
    commands = false,
  },
}
