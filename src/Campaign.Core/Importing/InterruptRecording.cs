using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Campaign.Captures;
using Campaign.Diagnostics;
using Campaign.Testbeds.Wire;

namespace Campaign.Importing;

/// <summary>How often each interrupt (softirq, context switch) came on each CPU between two readings of the kernel's counters.</summary>
/// <param name="Ends">Nanoseconds at which each interval ends, ascending; on the captures' clock only where <paramref name="SharesClock"/> says so.</param>
/// <param name="Series">What came at all.</param>
/// <param name="SharesClock">Whether the times are those of the captures' clock; HVNet's recorder counts from its own start.</param>
internal sealed partial record InterruptRecording(ImmutableArray<long> Ends, ImmutableArray<InterruptSeries> Series, bool SharesClock)
{
    private const long Microsecond = 1000;
    private const string Time = "timestamp_us";
    private const string OwnHeader = "time_ns,interrupt,description,cpu,count";

    /// <summary>
    /// Reads the CSV of HVNet's recorder (<c>;</c> between columns <c>vector_description_CPUn</c> in any order, totals, one row a reading, microseconds since its start), or
    /// this program's own (<c>time_ns,interrupt,description,cpu,count</c>, what came since the reading before).
    /// </summary>
    /// <exception cref="CampaignException">There is no such file, or it is neither (exit code 3).</exception>
    public static InterruptRecording Read(string path)
    {
        string[] lines = File.Exists(path)
            ? [.. CaptureArchive.ReadLines(path)]
            : throw new CampaignException($"The file {path} does not exist.", ExitCode.Usage);
        try
        {
            return lines is [OwnHeader, ..] ? Own(lines) : Hvnet(lines);
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or OverflowException or InvalidOperationException)
        {
            throw new CampaignException(
                $"{path} is no recording of interrupts: {e.Message}", ExitCode.Definition, "It must be what HVNet's irqrecorder.py or this program's recorder writes.", e);
        }
    }

    /// <summary>What came on these CPUs alone.</summary>
    public InterruptRecording On(ImmutableArray<int> cpus) => this with { Series = [.. Series.Where(s => cpus.Contains(s.Cpu))] };

    private static InterruptRecording Hvnet(string[] lines)
    {
        var names = lines[0].Split(';');
        var time = Array.IndexOf(names, Time);
        if (time < 0)
        {
            throw new FormatException($"it has no column {Time}.");
        }

        long[][] rows = [.. lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(';').Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray())];
        ImmutableArray<InterruptSeries> series =
        [
            .. names.Index().Where(n => n.Index != time).OrderBy(n => n.Item, StringComparer.Ordinal)
                .Select(n => Column(n.Item, [.. rows.Zip(rows.Skip(1), (a, b) => Math.Max(0, b[n.Index] - a[n.Index]))]))
                .OfType<InterruptSeries>(),
        ];
        return new InterruptRecording([.. rows.Skip(1).Select(r => r[time] * Microsecond)], series, SharesClock: false);
    }

    private static InterruptSeries? Column(string name, ImmutableArray<long> counts)
    {
        var match = Form.Match(name);
        return match.Success && counts.Any(c => c > 0)
            ? new InterruptSeries(match.Groups["vector"].Value, match.Groups["description"].Value.Replace('_', ' '), int.Parse(match.Groups["cpu"].ValueSpan, CultureInfo.InvariantCulture), counts)
            : null;
    }

    private static InterruptRecording Own(string[] lines)
    {
        var rows = lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')).ToArray();
        long[] ends = [.. rows.Select(r => long.Parse(r[0], CultureInfo.InvariantCulture)).Distinct().Order()];
        var series = rows.GroupBy(r => (Vector: r[1], Description: r[2], Cpu: int.Parse(r[3], CultureInfo.InvariantCulture))).Select(g =>
        {
            var counts = new long[ends.Length];
            foreach (var row in g)
            {
                counts[Array.BinarySearch(ends, long.Parse(row[0], CultureInfo.InvariantCulture))] += long.Parse(row[4], CultureInfo.InvariantCulture);
            }

            return new InterruptSeries(g.Key.Vector, g.Key.Description, g.Key.Cpu, [.. counts]);
        });
        return new InterruptRecording([.. ends], [.. series.OrderBy(s => s.Vector, StringComparer.Ordinal).ThenBy(s => s.Cpu)], SharesClock: true);
    }

    [GeneratedRegex(@"^(?<vector>[^_]+)_(?<description>.*?)_?CPU(?<cpu>\d+)$")]
    private static partial Regex Form { get; }
}

/// <summary>One interrupt, softirq or kind of switch on one CPU.</summary>
/// <param name="Vector"><c>TLB</c>, <c>LOC</c>, a number, <c>NET_RX</c>.</param>
/// <param name="Description"><c>TLB shootdowns</c>, <c>softirq</c></param>
/// <param name="Cpu">The CPU; <see cref="KernelCounters.AllCpus"/> for what is only counted for all of them together.</param>
/// <param name="Counts">How often in each interval.</param>
internal sealed record InterruptSeries(string Vector, string Description, int Cpu, ImmutableArray<long> Counts)
{
    /// <summary><c>TLB shootdowns on CPU 1</c>, <c>NET_RX softirq on CPU 0</c></summary>
    public string Name => $"{Kind} on {(Cpu == KernelCounters.AllCpus ? "all CPUs" : $"CPU {Cpu}")}";

    /// <summary>False for softirqs and context switches.</summary>
    public bool IsInterrupt => Description is not (KernelCounters.Soft or KernelCounters.Switches);

    private string Kind => Description switch { "" => Vector, KernelCounters.Soft => $"{Vector} softirq", _ => Description };
}
