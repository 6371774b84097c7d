using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis.Statistics;
using Campaign.Captures;

namespace Campaign.Analysis;

/// <summary>A figure of a trial's latencies: an extreme, the mean, or a percentile.</summary>
/// <param name="Name">As people write it: <c>p99.9</c>.</param>
/// <param name="Percentile">Share of packets below; null for extremes and mean.</param>
internal sealed record Measure(string Name, double? Percentile = null)
{
    public static readonly Measure Minimum = new("min");
    public static readonly Measure P50 = new("p50", 0.5);
    public static readonly Measure P999 = new("p99.9", 0.999);
    public static readonly Measure Maximum = new("max");
    public static readonly Measure Mean = new("mean");

    /// <summary>Every figure, in the order in which tables show them; <see cref="TrialAnalysis.Figures"/> and <see cref="CellAnalysis.Figures"/> are indexed alike.</summary>
    public static readonly ImmutableArray<Measure> All =
    [
        Minimum, P50, new("p90", 0.9), new("p99", 0.99), P999, new("p99.99", 0.9999), new("p99.999", 0.99999), Maximum, Mean,
    ];

    /// <summary>What comparisons are made of: the percentiles and the maximum.</summary>
    public static readonly ImmutableArray<Measure> Compared = [.. All.Where(m => m.Percentile is not null || m == Maximum)];

    /// <summary>The figure of a name; a percentile need not be one of <see cref="All"/>.</summary>
    /// <param name="name"><c>max</c>, <c>p99.9999</c>, …</param>
    public static Measure Named(string name) => All.FirstOrDefault(m => m.Name == name)
        ?? new Measure(name, (double)(decimal.Parse(name.AsSpan(1), CultureInfo.InvariantCulture) / 100));

    /// <summary>Index into <see cref="All"/>.</summary>
    public int Index => All.IndexOf(this);

    /// <summary>Packets without which the figure is not stated.</summary>
    public long Needs => Percentile is { } p ? OrderStatistics.PacketsFor(p) : 1;

    /// <summary>The figure in nanoseconds; null when there are too few packets for it.</summary>
    public double? Of(LatencyDistribution latencies) =>
        latencies.Count < Needs ? null
        : Percentile is { } p ? latencies.Percentile(p)
        : this == Minimum ? latencies.Minimum
        : this == Maximum ? latencies.Maximum
        : latencies.Mean;

    /// <summary>Why a figure is not stated.</summary>
    public string Withheld(long packets) => string.Create(
        CultureInfo.InvariantCulture, $"{Name} is not stated: {packets} packets; it needs at least {Needs} for an upper confidence bound.");
}
