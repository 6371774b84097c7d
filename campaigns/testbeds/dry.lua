-- Renders and prints what would be done on which host; nothing is run and nothing is stored.
testbed {
  driver = "dry",
  title = "nothing: what would be done is printed",
  hosts = {
    loadgen     = { roles = { "loadgen" }, cpus = "0-7" },
    dut         = { roles = { "dut" }, cpus = "0-7" },
    timestamper = { roles = { "timestamper" }, cpus = "0-7" },
  },
  kernels = { "stock", "nohz", "rt" },
  oses = { "bullseye", "bookworm", "trixie" },
  boots_command_lines = true,
}
