-- The first campaign: about a minute, on this machine, without root.
--   campaign run sweeps/quickstart.lua
campaign {
  name = "quickstart",
  title = "What does a busy neighbour cost a packet forwarder?",
  question = "Does a CPU of its own protect a forwarder from its neighbour, at low and at higher packet rates?",
  testbed = "local",
}

param("duration", 1.5, "seconds of traffic per trial")

-- Every combination of these values is a cell; each cell is measured as often as `repeats` says.
axis("rate",      { 1000, 5000 }, { unit = "pkt/s" })
axis("isolation", { true, false })
axis("neighbour", { false, true })
repeats(3)

setup(function(c, tb)
  -- Isolated, the forwarder has packet CPUs to itself, and real-time priority where the system allows it.
  tb.dut:forward { isolation = c.isolation, realtime = c.isolation and "try" or false }
  if c.neighbour then tb.dut:disturb { neighbours = 1 } end
end)

measure(function(c, tb)
  return traffic { rate = c.rate, size = 64, duration = param.duration }
end)

-- Offered rates of a PC are good to a few per cent.
report { baseline = { neighbour = false }, compare = { "neighbour", "isolation" }, rate_tolerance = 0.05 }

gate [[
  where * : loss <= 1%
]]
