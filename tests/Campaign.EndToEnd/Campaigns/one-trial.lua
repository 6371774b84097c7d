-- One trial on a virtual testbed.
local node = require "node"

campaign { name = "one-trial", title = "One trial", testbed = "virtual" }

param("rate", 1000, "packets per second")
param("duration", 0.5, "seconds")

axis("kernel", { "nohz" })
axis("os", { "bookworm" })
axis("isolation", { true })

boot(function(c) return { dut = { os = c.os, kernel = c.kernel, cmdline = node.cmdline(c) } } end)
configure(function(c, blueprint) return node.files(c, blueprint) end)
setup(function(c, tb) node.start(c, tb) end)
measure(function(c, tb) return traffic { rate = param.rate, size = 64, duration = param.duration } end)
