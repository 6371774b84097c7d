-- Plays a whole sweep from its seed: latencies, stalls, differences between boots and trials, drift. For trying things out; everything
-- that it stores is marked as simulated.
testbed {
  driver = "dry",
  title = "a simulation",
  hosts = {
    loadgen     = { roles = { "loadgen" }, cpus = "0-7" },
    dut         = { roles = { "dut" }, cpus = "0-7" },
    timestamper = { roles = { "timestamper" }, cpus = "0-7" },
  },
  kernels = { "stock", "nohz", "rt" },
  oses = { "bullseye", "bookworm", "trixie" },
  boots_command_lines = true,
  options = { simulate = true },
}
