-- A device under test in QEMU that boots Debian releases with kernels of one's choice. Campaigns can be planned for it.
testbed {
  driver = "virtual",
  title = "an emulated machine on this one",
  hosts = {
    loadgen     = { roles = { "loadgen" } },
    dut         = { roles = { "dut" }, cpus = "0-3", nics = { a = "loadgen.a", b = "timestamper.b" } },
    timestamper = { roles = { "timestamper" } },
  },
  kernels = { "stock", "nohz", "rt" },
  oses = { "bullseye", "bookworm", "trixie" },
  boots_command_lines = true,
  boot_time = 17,
  trial_overhead = 20,
}
