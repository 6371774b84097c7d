-- The impact of recording interrupts (thesis, section 6.2.3): the recorder reads /proc/interrupts again and again, on the container's host or within it. What
-- does the observer do to what it observes?
local node = require "node"

campaign {
  name = "interrupts",
  title = "What recording interrupts does to a container",
  question = "Does reading /proc/interrupts all the time change the latency of a container's forwarder, and does isolation protect it?",
  testbed = "virtual",
}

profile("quick", { duration = 4, kernel = "nohz", recorder = { "none", "host" }, repeats = 3 })

param("duration", 10, "seconds of traffic per trial")
param("interval", 0.02, "seconds between two readings")

axis("kernel",    { "nohz", "rt" })
axis("os",        { "bookworm" })
axis("isolation", { true, false })
axis("recorder",  { "none", "host", "node" })
axis("rate",      { 1000 }, { unit = "pkt/s" })
repeats(5)

boot(function(c) return { dut = { os = c.os, kernel = c.kernel, cmdline = node.cmdline(c) } } end)
configure(function(c, blueprint) return node.files(c, blueprint) end)
setup(function(c, tb)
  node.start(c, tb)
  if c.recorder ~= "none" then tb.dut:disturb { recorder = c.recorder, interval = param.interval } end
end)

-- Timer interrupts on the packet CPU: evidence that does not depend on the machine underneath.
measure(function(c, tb)
  local before = tb.dut:facts()
  local run = traffic { rate = c.rate, size = 64, duration = param.duration }
  local after = tb.dut:facts()
  for _, cpu in ipairs { 1, 2 } do
    local name = "dut.ticks.cpu" .. cpu
    if after[name] then record("ticks.cpu" .. cpu, (tonumber(after[name]) - tonumber(before[name])) / param.duration, "1/s") end
  end
  return run
end)

report { baseline = { recorder = "none" }, compare = { "recorder", "isolation", "kernel" }, rate_tolerance = 0.02 }
