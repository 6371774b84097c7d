using System.Globalization;

namespace Campaign.Testbeds.Wire;

/// <summary>From tables of <c>/proc/interrupts</c> with their times to what came in between.</summary>
internal static class InterruptLog
{
    public const string Header = "time_ns,interrupt,description,cpu,count\n";

    /// <param name="raw">Tables, each behind a line <c>@SECONDS.MICROSECONDS</c>.</param>
    /// <param name="ahead">Nanoseconds by which the clock of those times is ahead of that of the captures.</param>
    /// <param name="file">Takes the columns of <see cref="Header"/>.</param>
    public static void Convert(string raw, long ahead, TextWriter file)
    {
        file.Write(Header);
        InterruptTable? before = null;

        // The last table may be half written.
        foreach (var part in raw.Split('@', StringSplitOptions.RemoveEmptyEntries).SkipLast(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            var time = (long)(decimal.Parse(part.AsSpan(0, end), CultureInfo.InvariantCulture) * 1_000_000_000m) - ahead;
            var now = InterruptTable.Parse(part[(end + 1)..]);
            if (before is not null)
                Write(file, time, before, now);

            before = now;
        }
    }

    /// <summary>One line for each interrupt and CPU that counted on between two tables.</summary>
    public static void Write(TextWriter file, long time, InterruptTable before, InterruptTable now)
    {
        foreach (var (name, counts) in now.Counts)
        {
            var earlier = before.Counts.GetValueOrDefault(name) ?? [];
            for (var i = 0; i < counts.Length; i++)
            {
                var delta = counts[i] - (i < earlier.Length ? earlier[i] : 0);
                if (delta > 0)
                    file.Write(string.Create(CultureInfo.InvariantCulture, $"{time},{name.Interrupt},{name.Description},{now.Cpus[i]},{delta}\n"));
            }
        }
    }
}
