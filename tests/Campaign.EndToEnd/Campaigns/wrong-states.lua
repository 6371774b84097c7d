-- Puts the device under test into states that are not the asked-for ones, one per trial. Each must be noticed.
local node = require "node"

campaign { name = "wrong-states", title = "Wrong states", testbed = "virtual" }

local faults = {
  partition   = "echo 1 > /sys/fs/cgroup/lxc.payload.forwarder/cpuset.cpus",
  foreigner   = "lxc-attach -n forwarder -- systemd-run --quiet --slice=forwarder.slice sleep 1000",
  image       = "echo another > /etc/campaign-image",
  recorder    = "cp /bin/bash /run/campaign/irq-recorder && { setsid /run/campaign/irq-recorder -c 'while :; do read -t 1 < /dev/zero; done' </dev/null >/dev/null 2>&1 & }",
  hugepages   = "echo 40 > /proc/sys/vm/nr_hugepages",
  interrupt   = "for irq in /proc/irq/*/virtio*-input.0; do echo 2 > ${irq%/*}/smp_affinity_list; done",
  container   = "echo another > /proc/$(lxc-info -n forwarder -pH)/root/etc/campaign-image",
}

-- The first four are gone with the trial; the others stay until the next boot.
axis("fault", { "partition", "foreigner", "recorder", "container", "interrupt", "hugepages", "image" })
derive("kernel", function() return "nohz" end)
derive("os", function() return "bookworm" end)
derive("isolation", function() return true end)
order("as-written")

boot(function(c) return { dut = { os = c.os, kernel = c.kernel, cmdline = node.cmdline(c) } } end)
configure(function(c, blueprint) return node.files(c, blueprint) end)
setup(function(c, tb)
  node.start(c, tb)
  tb.dut:run(faults[c.fault])
end)
measure(function(c, tb) return traffic { rate = 500, size = 64, duration = 0.2 } end)
