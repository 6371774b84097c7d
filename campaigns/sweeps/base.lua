-- The base experiment (thesis, section 6.2.1): one layer-2 forwarder, with the kernels and systems that the testbed has.
-- Plans on every testbed: campaign plan sweeps/base.lua --testbed lab-ssh
campaign {
  name = "base",
  title = "Base experiment: one layer-2 forwarder",
  question = "What do kernel, operating system, isolation and packet rate do to the latency of a forwarder?",
  testbed = "virtual",
}

param("duration", 10, "seconds of traffic per trial")

axis("kernel",    testbed.kernels)
axis("os",        testbed.oses)
axis("isolation", { true, false })
axis("rate",      testbed.rates or { 1000, 10000 }, { unit = "pkt/s" })
repeats(3)

exclude(function(c) return c.kernel == "nohz" and c.os == "bullseye" end,
  "Debian's 5.10 kernels are built without CONFIG_NO_HZ_FULL")

boot(function(c)
  return { dut = {
    os = c.os,
    kernel = c.kernel,
    cmdline = template("host/cmdline", { isolated = c.isolation, cpus = "1-3", kernel = c.kernel }),
  } }
end)

configure(function(c, node)
  return { dut = {
    ["/var/lib/lxc/forwarder/config"] = template("container/lxc", {
      name = node.name, cores = node.cores, isolation = c.isolation, memory_bytes = 4000000000,
    }),
  } }
end)

setup(function(c, tb)
  tb.dut:forward { isolation = c.isolation }
end)

measure(function(c, tb)
  return traffic { rate = c.rate, size = 64, duration = param.duration }
end)

report { baseline = { isolation = true }, compare = { "kernel", "os", "isolation" } }

gate [[
  where isolation=true : p99.999 < 2ms at 95%
  where *              : loss <= 0.1%
]]
