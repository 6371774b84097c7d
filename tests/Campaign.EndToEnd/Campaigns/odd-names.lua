-- Names and values that mean something to other programs, and more of everything than fits a line.
campaign { name = "odd-names", title = [[50 % of $1 & #2: "it's" {a}_b^c~d\e <f>|`g` [1]--2 µs, 20 °C ≤ x — Straße, Čapek, 中文]], testbed = "simulated" }

param("duration", 0.2, "seconds of traffic per trial")

axis("cpu_set",         { "[1-3]", "*a&b", [[--isolcpus=1,,2\n]] })
axis("kernel",          { "6.1.0-25-rt-amd64 #1 SMP PREEMPT_RT", "6.1.0-25-amd64 #1 SMP PREEMPT_DYNAMIC" })
axis("share_of_memory", { 50, 100 }, { unit = "%" })
axis("rate",            { 5000, 20000 }, { unit = "pkt/s" })
axis("place",           { "°µ" })

setup(function(c, tb) tb.dut:forward { isolation = true } end)

measure(function(c, tb)
  return traffic { rate = c.rate, size = 64, duration = param.duration }
end)

report { compare = { "kernel" } }
