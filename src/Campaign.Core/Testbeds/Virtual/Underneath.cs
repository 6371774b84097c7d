using System.Collections.Immutable;
using System.Globalization;
using Campaign.Testbeds.Local;
using Campaign.Topology;

namespace Campaign.Testbeds.Virtual;

/// <summary>The machine beneath the emulated one at one moment: who used its processors, and whether the virtual CPUs got theirs.</summary>
/// <param name="Load">Processor time of the whole machine and of this program's processes.</param>
/// <param name="Cpus">For each virtual CPU: nanoseconds that its thread ran, and that it waited for a processor (/proc/PID/task/TID/schedstat).</param>
/// <param name="Throttled">Microseconds that the kernel withheld by a quota of this control group.</param>
/// <param name="Drops">Packets that QEMU's sockets dropped because it did not read them in time.</param>
internal sealed record Underneath(ProcessorTime Load, ImmutableSortedDictionary<int, (long Ran, long Waited)> Cpus, long Throttled, long Drops, TimeProvider Time)
{
    public static Underneath Read(Machine machine, IEnumerable<int> own, TimeProvider time) => new(
        ProcessorTime.Read(own, time), Threads(machine.ProcessId), ThrottledTime(), SocketDrops.Of(machine.Wire.Splitter, machine.ProcessId), time);

    /// <summary>What happened between two readings.</summary>
    public UnderneathNoise Since(Underneath before, Blueprint blueprint)
    {
        var elapsed = Math.Max(1, Time.GetElapsedTime(before.Load.At, Load.At).TotalNanoseconds);
        return new UnderneathNoise(
            [.. Load.Since(before.Load, Time)],
            Cpus.ToImmutableSortedDictionary(
                c => c.Key, c => ((c.Value.Ran - before.Cpus[c.Key].Ran) / elapsed, (c.Value.Waited - before.Cpus[c.Key].Waited) / elapsed)),
            blueprint.PacketCpus, (Throttled - before.Throttled) * 1e3 / elapsed, Drops - before.Drops);
    }

    private static ImmutableSortedDictionary<int, (long Ran, long Waited)> Threads(int process)
    {
        var threads = ImmutableSortedDictionary.CreateBuilder<int, (long, long)>();
        foreach (var task in Directory.GetDirectories($"/proc/{process}/task"))
        {
            // QEMU names its threads "CPU 0/TCG".
            var name = File.ReadAllText(Path.Combine(task, "comm")).Trim();
            if (!name.StartsWith("CPU ", StringComparison.Ordinal) || File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ') is not [var ran, var waited, ..])
                continue;

            threads[int.Parse(name.AsSpan(4, name.IndexOf('/', StringComparison.Ordinal) - 4), CultureInfo.InvariantCulture)] =
                (long.Parse(ran, CultureInfo.InvariantCulture), long.Parse(waited, CultureInfo.InvariantCulture));
        }

        return threads.ToImmutable();
    }

    private static long ThrottledTime()
    {
        const string Statistics = "/sys/fs/cgroup/cpu.stat";
        var line = File.Exists(Statistics) ? File.ReadLines(Statistics).FirstOrDefault(l => l.StartsWith("throttled_usec ", StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
