using System.Globalization;

namespace Campaign.Testbeds.Local;

/// <summary>Processor time of the whole machine and of the processes of this trial, to tell afterwards who else was busy.</summary>
/// <param name="At">Timestamp of the time provider.</param>
/// <param name="Busy">Hundredths of a second that all CPUs worked.</param>
/// <param name="Stolen">Hundredths of a second that the hypervisor withheld.</param>
/// <param name="Own">Hundredths of a second of the runner and its wire processes.</param>
internal sealed record ProcessorTime(long At, long Busy, long Stolen, long Own)
{
    private const int TicksPerSecond = 100;

    public static ProcessorTime Read(IEnumerable<int> own, TimeProvider time)
    {
        // cpu user nice system idle iowait irq softirq steal, proc_stat(5)
        long[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(t => long.Parse(t, CultureInfo.InvariantCulture))];
        return new ProcessorTime(
            time.GetTimestamp(), ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6], ticks[7], own.Sum(p => ProcessState.Read(p)?.Ticks ?? 0));
    }

    public IEnumerable<Fact> Since(ProcessorTime before, TimeProvider time)
    {
        var ticks = Math.Max(1, time.GetElapsedTime(before.At, At).TotalSeconds * TicksPerSecond);
        yield return new Fact(NodeFacts.ForeignLoad, Share((Busy - before.Busy - (Own - before.Own)) / ticks));
        yield return new Fact(NodeFacts.StolenTime, Share((Stolen - before.Stolen) / ticks));
    }

    private static string Share(double cpus) => Math.Max(0, cpus).ToString("0.00", CultureInfo.InvariantCulture);
}
