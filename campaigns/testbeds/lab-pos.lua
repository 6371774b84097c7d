-- An example of a testbed behind pos, TUM's plain orchestrating service. Campaigns can be planned for it.
testbed {
  driver = "pos",
  title = "three nodes of a pos testbed",
  hosts = {
    loadgen     = { roles = { "loadgen" }, cpus = "0-15" },
    dut         = { roles = { "dut" }, cpus = "0-31" },
    timestamper = { roles = { "timestamper" }, cpus = "0-15" },
  },
  kernels = { "stock", "nohz", "rt" },
  oses = { "bullseye", "bookworm" },
  boots_command_lines = true,
  rates = { 1.52e6, 6.24e6 },
  boot_time = 300,
  trial_overhead = 60,
}
