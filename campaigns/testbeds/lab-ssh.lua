-- An example of a lab of one's own: three hosts with optical splitters on the cables of the device under test. Campaigns can be planned for it.
testbed {
  driver = "ssh",
  title = "three hosts with optical splitters",
  hosts = {
    loadgen     = { roles = { "loadgen" }, cpus = "0-15", nics = { tx = "dut.a", rx = "dut.b" } },
    dut         = { roles = { "dut" }, cpus = "0-31", nics = { a = "loadgen.tx", b = "loadgen.rx" } },
    timestamper = { roles = { "timestamper" }, cpus = "0-15" },
  },
  kernels = { "stock", "nohz", "rt" },
  oses = { "bookworm", "trixie" },
  boots_command_lines = true,
  rates = { 1.52e6, 6.24e6 },
  boot_time = 180,
  trial_overhead = 60,
}
