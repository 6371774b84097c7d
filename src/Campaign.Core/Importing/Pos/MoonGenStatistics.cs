using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Campaign.Conducting;

namespace Campaign.Importing.Pos;

/// <summary>
/// What MoonGen's counters say in a log: a line a second (<c>[Device: id=0] TX: 0.3320 Mpps, …</c>), and one with totals when it ends
/// (<c>… 0.3845 (StdDev 0.0737) Mpps, …, total 12000000 packets with 3120000000 bytes (incl. CRC)</c>).
/// </summary>
internal sealed partial class MoonGenStatistics
{
    private const int SecondsAtLeast = 3;

    private readonly SortedDictionary<(int Device, string Direction), Counter> _counters = [];

    public bool IsEmpty => _counters.Count == 0;

    /// <summary>Packets sent by all devices; null when a total is missing.</summary>
    public long? Sent => TotalOf("TX");

    /// <summary>Packets received by all devices; null when a total is missing.</summary>
    public long? Received => TotalOf("RX");

    /// <summary>Counters without totals: MoonGen did not come to its end. Empty when all have theirs.</summary>
    public ImmutableArray<string> Unfinished => [.. _counters.Where(c => c.Value.Totals is null).Select(c => NameOf(c.Key))];

    /// <param name="lines">With or without colours; other lines are left out.</param>
    public static MoonGenStatistics Read(IEnumerable<string> lines)
    {
        var statistics = new MoonGenStatistics();
        foreach (var match in lines.Where(l => l.Contains("[Device: id=", StringComparison.Ordinal)).Select(l => Line.Match(Colours.Replace(l, ""))).Where(m => m.Success))
        {
            statistics.Add(match);
        }

        return statistics;
    }

    /// <summary>All of it as metrics: first the rates, then what was lost, then totals. The rate of a counter is the median of its seconds, because the mean that MoonGen prints takes part of the first and the last as whole ones.</summary>
    /// <param name="title">Stands before each name.</param>
    public IEnumerable<Metric> Metrics(string title)
    {
        foreach (var (key, counter) in _counters.OrderBy(c => c.Key.Direction, StringComparer.Ordinal).ThenBy(c => c.Key.Device))
        {
            yield return new Metric($"{title} {NameOf(key)}", counter.Rate, "Mpps");
        }

        // More received than sent is other traffic: nobody knows what was lost.
        if (Sent is { } sent and > 0 && Received is { } received && received <= sent)
        {
            yield return new Metric($"{title} lost", sent - received, "packets");
            yield return new Metric($"{title} loss", (double)(sent - received) * 100 / sent, "%");
        }

        foreach (var (key, totals) in _counters.Where(c => c.Value.Totals is not null).Select(c => (c.Key, c.Value.Totals!)))
        {
            var name = $"{title} {NameOf(key)}";
            yield return new Metric($"{name} mean", totals.Mean, "Mpps");
            if (double.IsFinite(totals.Deviation))
            {
                yield return new Metric($"{name} deviation", totals.Deviation, "Mpps");
            }

            yield return new Metric($"{name} packets", totals.Packets, "packets");
            yield return new Metric($"{name} bytes", totals.Bytes, "B");
        }
    }

    private static string NameOf((int Device, string Direction) key) => string.Create(CultureInfo.InvariantCulture, $"{key.Direction} device {key.Device}");

    private void Add(Match match)
    {
        var key = (int.Parse(match.Groups["device"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["direction"].Value);
        if (!_counters.TryGetValue(key, out var counter))
        {
            _counters.Add(key, counter = new Counter());
        }

        var rate = double.Parse(match.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture);
        if (match.Groups["packets"].Success)
        {
            double.TryParse(match.Groups["deviation"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var deviation);
            counter.Totals = new Totals(
                rate, deviation, long.Parse(match.Groups["packets"].ValueSpan, CultureInfo.InvariantCulture), long.Parse(match.Groups["bytes"].ValueSpan, CultureInfo.InvariantCulture));
        }
        else
        {
            counter.Seconds.Add(rate);
        }
    }

    private long? TotalOf(string direction)
    {
        var counters = _counters.Where(c => c.Key.Direction == direction).Select(c => c.Value.Totals).ToArray();
        return counters.Length > 0 && counters.All(t => t is not null) ? counters.Sum(t => t!.Packets) : null;
    }

    [GeneratedRegex(@"\[Device: id=(?<device>\d{1,6})\] (?<direction>TX|RX): (?<rate>\d+(\.\d+)?) (\(StdDev (?<deviation>[^)]*)\) )?Mpps,(.*, total (?<packets>\d{1,18}) packets with (?<bytes>\d{1,18}) bytes)?")]
    private static partial Regex Line { get; }

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colours { get; }

    private sealed class Counter
    {
        public List<double> Seconds { get; } = [];

        public Totals? Totals { get; set; }

        // Seconds before and behind the traffic have a rate of 0.
        public double Rate
        {
            get
            {
                double[] busy = [.. Seconds.Where(s => s > 0).Order()];
                return busy.Length >= SecondsAtLeast ? busy[busy.Length / 2] : Totals?.Mean ?? busy.DefaultIfEmpty(0).Average();
            }
        }
    }

    private sealed record Totals(double Mean, double Deviation, long Packets, long Bytes);
}
