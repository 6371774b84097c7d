using System.Globalization;

namespace Campaign.Testbeds.Wire;

/// <summary>From counters with their times to what came in between.</summary>
internal static class InterruptLog
{
    public const string Header = "time_ns,interrupt,description,cpu,count\n";

    /// <param name="raw">Counters as <see cref="KernelCounters.Parse"/> reads them, each behind a line <c>@SECONDS.MICROSECONDS</c>.</param>
    /// <param name="ahead">Nanoseconds by which the clock of those times is ahead of that of the captures.</param>
    /// <param name="file">Takes the columns of <see cref="Header"/>.</param>
    public static void Convert(string raw, long ahead, TextWriter file)
    {
        file.Write(Header);
        KernelCounters? before = null;

        // The last reading may be half written.
        foreach (var part in raw.Split('@', StringSplitOptions.RemoveEmptyEntries).SkipLast(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            var time = (long)(decimal.Parse(part.AsSpan(0, end), CultureInfo.InvariantCulture) * 1_000_000_000m) - ahead;
            var now = KernelCounters.Parse(part[(end + 1)..]);
            if (before is not null)
                Write(file, time, before, now);

            before = now;
        }
    }

    /// <summary>One line for each counter and CPU that counted on between two readings.</summary>
    public static void Write(TextWriter file, long time, KernelCounters before, KernelCounters now)
    {
        foreach (var (counter, count) in now.Counts)
        {
            if (count - before.Counts.GetValueOrDefault(counter) is > 0 and var delta)
                file.Write(string.Create(CultureInfo.InvariantCulture, $"{time},{counter.Name},{counter.Description},{counter.Cpu},{delta}\n"));
        }
    }
}
