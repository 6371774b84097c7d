using System.Collections.Immutable;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Definition;

namespace Campaign.Analysis.Querying;

/// <summary>What is known of every trial, whatever its campaign.</summary>
internal static class TrialFields
{
    private static readonly ImmutableArray<Value> States = [.. Enum.GetNames<TrialState>().Select(s => Value.Of(s.ToLowerInvariant()))];

    /// <summary>Which trial it is, before its settings.</summary>
    public static readonly ImmutableArray<QueryField> Names =
    [
        Text("sweep", "id of the sweep", t => t.Sweep.Id),
        Text("campaign", "name of the campaign", t => t.Sweep.Campaign),
        Text("testbed", "name of the testbed", t => t.Sweep.Testbed),
        Text("profile", "profile of the campaign that was chosen", t => t.Sweep.Profile),
        Text("trial", "id of the trial", t => t.Bare.Id),
    ];

    /// <summary>How it ended and what was counted.</summary>
    public static readonly ImmutableArray<QueryField> Ends =
    [
        Integer("repeat", "", "number of the repeat", t => t.Bare.Repeat),
        Integer("block", "", "trials that were randomised together", t => t.Bare.Trial.Header.Block),
        Text("state", "how it ended", t => t.Bare.State.ToString().ToLowerInvariant()) with { Levels = States },
        Boolean("counts", "measured, with the testbed in the asked-for state", t => t.Bare.Counts),
        Boolean("simulated", "nothing was measured", t => t.Sweep.Simulated),
        Boolean("imported", "others measured it", t => t.Sweep.Imported is not null),
        Boolean("attested", "the testbed's state was read back, and was as asked", t => t.Bare.Trial.Result.Attestation is { Claims.IsEmpty: false, Holds: true }),
        Text("reason", "why its state is not ok", t => string.Join(' ', t.Bare.Trial.Result.Reasons)),
        Text("failed_step", "the step that failed", t => t.Bare.Trial.Result.FailedStep),
        // An import stores when it read the files, because nobody published when they were measured.
        new("started", QueryFieldKind.Time, "", "UTC", t => t.Sweep.Imported is null ? Value.Of(QueryTime.Of(t.Bare.Trial.Result.Started)) : Value.Nil.Instance),
        Number("seconds", "s", "how long the trial took", t => t.Sweep.Imported is null ? t.Bare.Trial.Result.Took.TotalSeconds : null),
        Number("asked_rate", "pkt/s", "rate that was asked for", t => t.Bare.Measurement?.Asked.Rate is > 0 and var rate ? rate : null),
        Number("offered_rate", "pkt/s", "rate before the device, from its capture", t => t.Bare.Known(Unknown.Counts)?.Pre.PacketsPerSecond is > 0 and var rate ? rate : null),
        Number("rate_error", QueryField.Share, "offered against asked rate", t => t.Bare.RateError),
        Integer("sent", "", "packets before the device", t => t.Bare.Known(Unknown.Counts)?.Pre.Packets),
        Integer("received", "", "packets behind the device", t => t.Bare.Known(Unknown.Counts)?.Post.Packets),
        Integer("matched", "", "packets seen on both sides", t => t.Bare.Evaluation?.Matched),
        Integer("lost", "", "packets never seen behind the device", t => t.Bare.Known(Unknown.Counts)?.Lost),
        Number("loss", QueryField.Share, "lost of sent packets", t => t.Bare.Loss),
        Integer("longest_loss_burst", "", "lost packets in a row", t => t.Bare.Known(Unknown.LossBurst)?.LongestLossBurst),
        Integer("duplicates_pre", "", "packets that cannot be told apart before the device", t => t.Bare.Known(Unknown.Duplicates)?.DuplicatesPre),
        Integer("duplicates_post", "", "second and later arrivals", t => t.Bare.Known(Unknown.Duplicates)?.DuplicatesPost),
        Integer("reordered", "", "packets that arrived after one that was sent later", t => t.Bare.Known(Unknown.Reordering)?.Reordered),
        Integer("unmatched_post", "", "packets behind the device, never seen before it", t => t.Bare.Known(Unknown.Counts)?.UnmatchedPost),
        Integer("outside_window", "", "packets that took 5 s and more, or less than nothing", t => t.Bare.Known(Unknown.Window)?.OutsideWindow),
        Integer("trimmed", "", "matched packets that the trim left out", t => t.Bare.Known(Unknown.Counts)?.Trimmed),
    ];

    /// <summary>From the latencies: each of them makes the trial's distribution be read.</summary>
    public static readonly ImmutableArray<QueryField> Figures =
    [
        Integer("packets", "", "packets with a latency", t => t.WithLatencies.Evaluation?.Latencies.Count),
        Number("supportable", "%", "the largest percentile that so many packets support", t => t.WithLatencies.Evaluation is null ? null : t.WithLatencies.Supportable * 100),
        .. Measure.All.Select(Figure),
    ];

    /// <summary>From the worst packets, which take longer to read than all else: shown only when they are named.</summary>
    public static readonly ImmutableArray<QueryField> Slow =
    [
        Integer("stalls", "", "times when packets waited together, far above the median; only when named", t => Stalls(t)?.Length),
        Integer("longest_stall", "ns", "largest latency in them; only when named", t => Stalls(t)?.Select(s => (long?)s.Longest).Max()),
    ];

    /// <summary>A figure of the latencies; nil when there are too few packets to state it, as in the report.</summary>
    public static QueryField Figure(Measure measure) => measure == Measure.Mean
        ? Number(measure.Name, "ns", "latency", t => t.WithLatencies.FigureOf(measure))
        : Integer(measure.Name, "ns", "latency", t => (long?)t.WithLatencies.FigureOf(measure));

    /// <param name="read">Empty: it has none.</param>
    public static QueryField Text(string name, string meaning, Func<QueriedTrial, string?> read) =>
        new(name, QueryFieldKind.Text, "", meaning, t => read(t) is { Length: > 0 } text ? Value.Of(text) : Value.Nil.Instance);

    public static QueryField Number(string name, string unit, string meaning, Func<QueriedTrial, double?> read) =>
        new(name, QueryFieldKind.Number, unit, meaning, t => read(t) is { } number && double.IsFinite(number) ? Value.Of(number) : Value.Nil.Instance);

    private static QueryField Integer(string name, string unit, string meaning, Func<QueriedTrial, long?> read) =>
        new(name, QueryFieldKind.Integer, unit, meaning, t => read(t) is { } number ? Value.Of(number) : Value.Nil.Instance);

    private static QueryField Boolean(string name, string meaning, Func<QueriedTrial, bool> read) => new(name, QueryFieldKind.Boolean, "", meaning, t => Value.Of(read(t)));

    // Without worst packets nobody knows of stalls.
    private static ImmutableArray<Stall>? Stalls(QueriedTrial trial) => trial.Bare.Known(Unknown.Maximum) is null ? null : trial.WithWorst.Stalls;
}
