using System.Collections.Immutable;
using Campaign.Analysis.Statistics;

namespace Campaign.Analysis;

/// <summary>One figure over the repeats of a cell, in nanoseconds. The range is that of the repeats, no confidence interval.</summary>
/// <param name="Median">Of the repeats.</param>
/// <param name="Low">The smallest repeat.</param>
/// <param name="High">The largest repeat.</param>
/// <param name="Repeats">Repeats that state the figure, at least one.</param>
internal sealed record Spread(double Median, double Low, double High, int Repeats)
{
    /// <summary>The repeats themselves.</summary>
    public double[] Values { get; init; } = [];

    /// <summary>Null when no repeat states the figure.</summary>
    public static Spread? Of(ImmutableArray<double> repeats) =>
        repeats.IsEmpty ? null : new Spread(OrderStatistics.Median(repeats), repeats.Min(), repeats.Max(), repeats.Length) { Values = [.. repeats] };

    /// <summary>Whether the ranges of repeats have no value in common. A description, no test: it says nothing about chance.</summary>
    public bool IsApartFrom(Spread other) => Low > other.High || High < other.Low;
}

/// <summary>One figure of a cell.</summary>
/// <param name="Measure">Which.</param>
/// <param name="Spread">Null when it is not stated.</param>
/// <param name="Withheld">Why it is not stated, a sentence; empty when it is.</param>
internal sealed record Figure(Measure Measure, Spread? Spread, string Withheld);
