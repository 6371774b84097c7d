# Reads the state of a device under test and changes nothing. $1: name of the container, or empty. Sections begin with '## NAME'.
node=$1
cgroup=/sys/fs/cgroup
show() { printf '## %s\n' "$1"; shift; cat "$@" 2>/dev/null; }
# For files of one line, without a process: on an emulated CPU each takes 20 ms.
tell() { printf '## %s\n' "$1"; line=; { read -r line < "$2"; } 2>/dev/null; [ -z "$line" ] || printf '%s\n' "$line"; }
tell boot_id /proc/sys/kernel/random/boot_id
tell release /proc/sys/kernel/osrelease
tell version /proc/sys/kernel/version
tell realtime /sys/kernel/realtime
tell cmdline /proc/cmdline
show os /etc/os-release
tell image /etc/campaign-image
tell online /sys/devices/system/cpu/online
tell isolated /sys/devices/system/cpu/isolated
tell nohz_full /sys/devices/system/cpu/nohz_full
show meminfo /proc/meminfo
tell host_cpus $cgroup/cpuset.cpus.effective
show interrupts /proc/interrupts
printf '## rcu\n'; dmesg 2>/dev/null | grep -F 'Offload RCU callbacks from CPUs'
printf '## affinities\n'; grep -H . /proc/irq/*/effective_affinity_list /proc/irq/*/smp_affinity_list 2>/dev/null
printf '## handlers\n'; ls -d /proc/irq/*/*/ 2>/dev/null
printf '## tasks\n'; grep -H -E '^(Name|Tgid|PPid|NSpid|VmSize|Cpus_allowed_list):' /proc/[0-9]*/task/[0-9]*/status 2>/dev/null
printf '## nics\n'
for device in $(cat /run/campaign/ports 2>/dev/null); do basename "$(readlink "/sys/bus/pci/devices/$device/driver" || echo none)"; done
for port in /sys/class/net/br0/brif/*; do [ -e "$port" ] && basename "$(readlink "/sys/class/net/${port##*/}/device/driver")"; done
if [ -n "$node" ]; then
  printf '## node_state\n'; lxc-info -n "$node" -sH 2>/dev/null
  pid=$(lxc-info -n "$node" -pH 2>/dev/null) && [ -n "$pid" ] && {
    tell node_image "/proc/$pid/root/etc/campaign-image"
    show node_os "/proc/$pid/root/etc/os-release"
    payload=$cgroup/lxc.payload.$node
    tell node_cpus "$payload/cpuset.cpus.effective"
    tell node_partition "$payload/cpuset.cpus.partition"
    tell node_memory "$payload/memory.max"
    printf '## node_slices\n'; grep -H . "$payload"/*/cpuset.cpus.effective 2>/dev/null
  }
fi
forwarder=$(pidof dpdk-testpmd) && {
  printf '## forwarder\n%s\n' "$forwarder"
  tell forwarder_cgroup "/proc/${forwarder%% *}/cgroup"
  printf '## forwarder_threads\n'
  for thread in /proc/${forwarder%% *}/task/*; do
    read -r name < "$thread/comm"
    while read -r key cpus; do [ "$key" != Cpus_allowed_list: ] || break; done < "$thread/status"
    read -r stat < "$thread/stat"
    set -- ${stat##*) }
    shift 37
    printf '%s|%s|%s %s\n' "$name" "$cpus" "$1" "$2"
  done
  run=/proc/${forwarder%% *}/root/run
  if [ -p "$run/forwarder.in" ]; then
    # From the first line that is not whole yet: the last whole one may be the end of an earlier answer.
    from=$(($(wc -l < "$run/forwarder.out") + 1))
    printf 'show port info 0\nshow port info 1\nshow port stats all\nshow campaign\n' > "$run/forwarder.in"
    # A console that gets no CPU answers late: twenty seconds, as long as it lives.
    tries=0
    until tail -n +"$from" "$run/forwarder.out" | grep -q -E 'Bad arguments|not found|show campaign.*[^ ]$' || [ $tries -gt 1000 ] || ! [ -p "$run/forwarder.in" ]; do tries=$((tries + 1)); sleep 0.02; done
    printf '## forwarder_ports\n'; tail -n +"$from" "$run/forwarder.out"
    # DPDK before 21.11 does not say it: then the package's version.
    printf '## forwarder_version\n'
    grep -m 1 -o "RTE Version: .*" "$run/forwarder.out" || sed -n "/^Package: librte-eal/,/^\$/s/^Version: \(.*\)/RTE Version: 'DPDK \1'/p" "${run%/run}/var/lib/dpkg/status"
  fi
}
[ -d /sys/class/net/br0/bridge ] && { printf '## bridge\n'; ls /sys/class/net/br0/brif; grep -H . /sys/class/net/a/statistics/rx_packets /sys/class/net/a/statistics/rx_dropped /sys/class/net/b/statistics/tx_packets /sys/class/net/b/statistics/tx_dropped; }
[ -d /sys/class/net/br0/bridge ] && { printf '## bridged_interrupts\n'; for nic in /sys/class/net/br0/brif/*; do ls "/sys/class/net/${nic##*/}/device/msi_irqs" || ls "/sys/class/net/${nic##*/}/device/../msi_irqs"; done 2>/dev/null; }
printf '## end\n'
