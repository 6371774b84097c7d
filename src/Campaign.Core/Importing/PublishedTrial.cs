using System.Collections.Immutable;
using Campaign.Attestation;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Storage;
using Campaign.Testbeds;

namespace Campaign.Importing;

/// <summary>From a published result set to a trial's result.</summary>
internal static class PublishedTrial
{
    private const double Second = 1e9;
    private const int Fcs = 4;

    /// <param name="header">The trial.</param>
    /// <param name="files">Where the set lies.</param>
    /// <param name="set">What it says.</param>
    /// <param name="imported">When it was read: nobody published when it was measured.</param>
    public static TrialResult Of(TrialHeader header, ResultSetFiles files, PublishedSet set, DateTimeOffset imported)
    {
        var latencies = PublishedLatencies.Of(set, out var contradiction);
        ImmutableArray<PublishedDefect> defects =
            [.. PublishedDefects.Of(set), .. contradiction.Length > 0 ? new[] { new PublishedDefect(DefectKind.File, contradiction) } : []];
        var excluded = defects.Any(d => d.Excludes);
        return new TrialResult
        {
            TrialId = header.Id,
            State = excluded ? TrialState.Failed : defects.IsEmpty ? TrialState.Ok : TrialState.Degraded,
            FailedStep = excluded ? "evaluate" : "",
            Reasons = [.. defects.Select(d => d.Reason)],
            Started = imported,
            Took = TimeSpan.Zero,
            Steps = [],
            BootId = "",
            Attestation = AttestationReport.Empty,
            Facts =
            [
                new Fact(ImportFacts.Set, files.Name),
                .. defects.Where(d => d.Kind <= DefectKind.File).Take(1).Select(d => new Fact(ImportFacts.Defect, Words(d.Kind))),
            ],
            Measurement = latencies.Count == 0 ? null : Measurement(header, set, latencies),
        };
    }

    private static string Words(DefectKind kind) => kind switch
    {
        DefectKind.Nothing => "nothing in it",
        DefectKind.OneSide => "without one of its captures",
        DefectKind.NoMatch => "without a matched packet",
        DefectKind.ZeroTail => "cut captures with a tail of zeros",
        _ => "a file that is empty, missing or contradicted",
    };

    private static TrialMeasurement Measurement(TrialHeader header, PublishedSet set, LatencyDistribution latencies)
    {
        var asked = header.Cell.FirstOrDefault(v => v.Key == "rate").Value is Value.Integer rate ? rate.Content : 0;
        var duration = TimeSpan.FromSeconds(set.RatePre.Length);
        return new TrialMeasurement(
            Evaluation(set, latencies),
            new TrafficOptions(asked, set.FrameBytes > 0 ? set.FrameBytes + Fcs : 0, duration, 1),
            new TrafficOutcome("", "", set.Pre, set.Pre, 0, 0, 0, []))
        {
            NotKnown =
            [
                Unknown.Mean, Unknown.LossBurst, Unknown.Duplicates, Unknown.Reordering, Unknown.Window,
                .. set.Worst.IsEmpty ? new[] { Unknown.Maximum } : [],
            ],
        };
    }

    private static LatencyEvaluation Evaluation(PublishedSet set, LatencyDistribution latencies) => new()
    {
        Pre = Summary("before the device", set.Pre, set.RatePre, set.FrameBytes),
        Post = Summary("behind the device", set.Post, set.RatePost, set.FrameBytes),
        Identity = "hvnet",
        Matched = latencies.Count,
        Lost = Math.Max(0, set.Pre - set.Post),
        LongestLossBurst = 0,
        UnmatchedPost = set.Post - latencies.Count,
        DuplicatesPre = 0,
        DuplicatesPost = 0,
        Reordered = 0,
        OutsideWindow = 0,
        Trimmed = 0,
        Latencies = latencies,
        Worst = set.Worst,
        Seconds = Seconds(set),
        Problems = [],
    };

    // The last second is seldom a whole one: its length follows from the rate of the others.
    private static CaptureSummary Summary(string side, long packets, ImmutableArray<(long Key, long Count)> seconds, int frame)
    {
        var first = seconds.IsEmpty ? 0 : seconds[0].Key;
        var rate = seconds.Length < 2 ? 0 : seconds.Take(seconds.Length - 1).Average(s => (double)s.Count);
        var last = rate <= 0 ? first : seconds[^1].Key + (long)(seconds[^1].Count / rate * Second);
        return new CaptureSummary(side, "published counts", packets, first, last, 0, frame);
    }

    // What a second's largest latency was is known where one of the worst packets was sent in it; its percentiles are not known.
    private static ImmutableArray<SecondSummary> Seconds(PublishedSet set)
    {
        if (set.RatePre.IsEmpty)
        {
            return [];
        }

        var begin = set.RatePre[0].Key;
        int SecondOf(long time) => (int)Math.Clamp((time - begin) / (long)Second, 0, int.MaxValue);
        var largest = set.Worst.GroupBy(p => SecondOf(p.PreTimestamp)).ToDictionary(g => g.Key, g => g.Max(p => p.Latency));
        var received = set.RatePost.GroupBy(s => SecondOf(s.Key)).ToDictionary(g => g.Key, g => g.Sum(s => s.Count));
        var sent = set.RatePre.GroupBy(s => SecondOf(s.Key)).ToDictionary(g => g.Key, g => g.Sum(s => s.Count));
        return
        [
            .. Enumerable.Range(0, Math.Min(sent.Keys.Max() + 1, 2 * set.RatePre.Length)).Select(s => new SecondSummary(
                s, sent.GetValueOrDefault(s), received.GetValueOrDefault(s), 0, 0, 0, 0, largest.GetValueOrDefault(s))),
        ];
    }
}

/// <summary>Names of facts that imported trials carry.</summary>
internal static class ImportFacts
{
    /// <summary>Folder and name of the result set.</summary>
    public const string Set = "import.set";

    /// <summary>What is wrong with the set as published; absent when nothing is.</summary>
    public const string Defect = "import.defect";
}
