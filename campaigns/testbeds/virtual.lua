-- A device under test in QEMU that really boots: Debian releases as live images, kernels of one's choice, an LXC container with DPDK between
-- two NICs whose cables end in campaign itself. No root, no KVM (it is used where it works). Images are made once, from Debian's packages.
-- Its figures are those of an emulator on a PC: what differs between cells may be the guest's doing or that of the machine underneath.
testbed {
  driver = "virtual",
  title = "an emulated machine on this one",
  hosts = {
    loadgen     = { roles = { "loadgen" } },
    -- CPU 0 keeps the host's house, 1 the container's, 2 moves packets.
    dut         = { roles = { "dut" }, cpus = "0-2", nics = { a = "loadgen.a", b = "timestamper.b" } },
    timestamper = { roles = { "timestamper" } },
  },
  kernels = { "nohz", "rt", "stock" },
  oses = { "bookworm", "trixie", "bullseye" },
  boots_command_lines = true,
  lacks = {
    { os = "bullseye", kernel = "nohz", because = "Debian's 5.10 kernels are built without CONFIG_NO_HZ_FULL" },
  },
  -- What two emulating cores carry without loss, and twice as much; `campaign testbed probe virtual` measures what this machine does.
  rates = { 1000, 2000 },
  boot_time = 18,
  trial_overhead = 20,
  options = { memory = 2048 },
}
