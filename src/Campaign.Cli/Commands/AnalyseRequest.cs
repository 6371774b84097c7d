using System.Collections.Immutable;
using Campaign.Captures;

namespace Campaign.Cli.Commands;

/// <summary>What <c>analyse</c> was asked for, checked.</summary>
internal sealed record AnalyseRequest
{
    /// <summary>The capture before; <c>-</c> is standard input.</summary>
    public required string Pre { get; init; }

    /// <summary>The capture behind; <c>-</c> is standard input.</summary>
    public required string Post { get; init; }

    public required EvaluationOptions Options { get; init; }

    /// <summary>In percent.</summary>
    public required ImmutableArray<decimal> Percentiles { get; init; }

    public bool Json { get; init; }

    /// <summary>How many of the worst packets to list.</summary>
    public int Worst { get; init; }

    /// <summary>Nanoseconds from which packets that waited together are listed as a stall; null for no list.</summary>
    public long? Stalls { get; init; }

    /// <summary>Recording of interrupts that stalls are held against; null: none.</summary>
    public string? Interrupts { get; init; }

    /// <summary>File for the percentiles in HdrHistogram's text form.</summary>
    public string? Hgrm { get; init; }

    /// <summary>File for the HdrHistogram log.</summary>
    public string? Hlog { get; init; }

    /// <summary>Tag of the log's lines; may be empty.</summary>
    public required string Tag { get; init; }

    /// <summary>Folder for HVNet's nine CSV files.</summary>
    public string? Hvnet { get; init; }

    /// <summary>Whether to follow captures that are still growing.</summary>
    public bool Watch { get; init; }

    /// <summary>From one look at growing captures to the next.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Growing captures that have not grown for so long are whole; null: only an interrupt ends the watch.</summary>
    public TimeSpan? Quiet { get; init; }
}
