-- What moves the packets: DPDK's testpmd in a container, the same on the host itself, or the bridge of the host's kernel. What does the container cost, and
-- what does DPDK gain?
local node = require "node"

campaign {
  name = "forwarders",
  title = "testpmd in a container, on the host itself, and the kernel's bridge",
  question = "What does the container cost, and what does DPDK gain over the kernel?",
  testbed = "virtual",
}

profile("quick", { duration = 4, kernel = "nohz", repeats = 2 })

param("duration", 10, "seconds of traffic per trial")

axis("kernel",    { "nohz", "rt" })
axis("os",        { "bookworm" })
axis("forwarder", { "testpmd", "bridge" })
axis("node",      { "container", "metal" })
axis("rate",      { 1000 }, { unit = "pkt/s" })
derive("isolation", function() return true end)
repeats(3)

exclude(function(c) return c.forwarder == "bridge" and c.node == "container" end, "the bridge is the host's own")

boot(function(c) return { dut = { os = c.os, kernel = c.kernel, cmdline = node.cmdline(c) } } end)
configure(function(c, blueprint) return node.files(c, blueprint, { kind = c.forwarder, node = c.node }) end)
setup(function(c, tb) node.start(c, tb, { kind = c.forwarder, node = c.node }) end)
measure(function(c, tb) return traffic { rate = c.rate, size = 64, duration = param.duration } end)

report { baseline = { forwarder = "testpmd", node = "container" }, compare = { "node", "forwarder", "kernel" }, rate_tolerance = 0.02 }
