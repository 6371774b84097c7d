# Brings the machine back to how it was booted. Containers, forwarder, bridge, disturbances and what trials wrote go; NICs return to the kernel.
# Arguments: files that the trial wrote.
set -u
pkill -KILL -x neighbour
pkill -KILL -x irq-recorder
for container in $(lxc-ls -1 2>/dev/null); do lxc-stop -k -n "$container" 2>/dev/null; done
systemctl stop forwarder.service 2>/dev/null
systemctl reset-failed 2>/dev/null
[ -d /sys/class/net/br0 ] && ip link delete br0
for device in $(cat /run/campaign/ports 2>/dev/null); do
  echo > "/sys/bus/pci/devices/$device/driver_override"
  echo "$device" > "/sys/bus/pci/devices/$device/driver/unbind"
  echo "$device" > /sys/bus/pci/drivers_probe
done
for mount in $(sed -n 's/^[^ ]* \(\/run\/campaign[^ ]*\) .*/\1/p' /proc/mounts | sort -r); do umount -l "$mount"; done
rm -rf /run/campaign /run/campaign-disturb /var/lib/lxc/* /run/forwarder.in /run/forwarder.out /dev/hugepages/*
for file in "$@"; do rm -f "$file"; done
! pidof dpdk-testpmd neighbour irq-recorder >/dev/null
