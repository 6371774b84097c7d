using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Storage;
using Campaign.Testbeds;

namespace Campaign.Importing.Pos;

/// <summary>
/// The latencies of a run, from the best that it has: a pair of captures, evaluated here like those of any trial; a result set of HVNet; or a histogram. What is better is
/// not mixed with what is worse.
/// </summary>
/// <param name="Measurement">Null when there are none, or none that can be used.</param>
/// <param name="Failures">Why they count nowhere, in sentences.</param>
/// <param name="Remarks">What a reader has to know, in sentences.</param>
internal sealed partial record PosLatencies(TrialMeasurement? Measurement, ImmutableArray<string> Failures, ImmutableArray<string> Remarks)
{
    private static readonly ImmutableArray<string> NotInHistograms = [Unknown.Counts, Unknown.Mean, Unknown.LossBurst, Unknown.Duplicates, Unknown.Reordering, Unknown.Window];

    /// <param name="header">The trial.</param>
    /// <param name="run">The run.</param>
    /// <param name="now">When it is read.</param>
    public static PosLatencies Of(TrialHeader header, PosRun run, DateTimeOffset now)
    {
        var pairs = Pairs(run.Files);
        var sets = ResultSetFiles.Of(run.Files.Select(f => ($"{f.Node}/{Path.GetDirectoryName(f.Name)}", Path.GetFileName(f.Name), f.Path)));
        var histograms = run.Files.Where(f => PosHistogram.Is(f) && !sets.Any(s => s.Files.ContainsValue(f.Path))).ToArray();
        string[] all = [.. pairs.Select(p => p.Pre.Where), .. sets.Select(s => s.Name), .. histograms.Select(h => h.Where)];
        return (pairs, sets) switch
        {
            ([var pair, ..], _) => OfPair(header, pair.Pre, pair.Post).Instead(all),
            (_, [var set, ..]) => OfSet(header, set, now).Instead(all),
            _ => OfHistograms(header, histograms),
        };
    }

    /// <param name="all">What was read, and what was not.</param>
    private PosLatencies Instead(string[] all) =>
        all.Length < 2 ? this : this with { Remarks = [.. Remarks, $"The latencies are those of {all[0]}; {string.Join(", ", all[1..])} {(all.Length == 2 ? "was" : "were")} not read."] };

    private static ImmutableArray<(PosFile Pre, PosFile Post)> Pairs(ImmutableArray<PosFile> files)
    {
        var captures = files.Where(f => f.Extension is ".pcap" or ".pcapng" or ".mscap").ToArray();
        return
        [
            .. captures.Where(f => Before.IsMatch(f.FileName)).Select(pre => (Pre: pre, Post: captures.FirstOrDefault(f => Folder(f) == Folder(pre) && f.FileName == Before.Replace(pre.FileName, "post", 1))))
                .Where(p => p.Post is not null).Select(p => (p.Pre, p.Post!)),
        ];
    }

    private static string? Folder(PosFile file) => Path.GetDirectoryName(file.Path);

    private static PosLatencies OfPair(TrialHeader header, PosFile pre, PosFile post)
    {
        try
        {
            var evaluation = CapturePair.Evaluate(pre.Path, post.Path, new EvaluationOptions(), CancellationToken.None);
            var measurement = new TrialMeasurement(evaluation, Asked(header), Outcome(evaluation.Pre.Packets));
            return new PosLatencies(measurement, [], TrialEvaluation.Remarks(Comparable(measurement), new ReportOptions().RateTolerance));
        }
        catch (CaptureException e)
        {
            return new PosLatencies(null, [$"{pre.Where} and {post.Where} are not evaluated. {e.Message}"], []);
        }
    }

    private static PosLatencies OfSet(TrialHeader header, ResultSetFiles set, DateTimeOffset now)
    {
        var trial = PublishedTrial.Of(header, set, PublishedSet.Read(set), now);
        return trial.State == TrialState.Failed ? new PosLatencies(trial.Measurement, trial.Reasons, []) : new PosLatencies(trial.Measurement, [], trial.Reasons);
    }

    // One that cannot be used is a remark: whether anything else tells of the run is not known here.
    private static PosLatencies OfHistograms(TrialHeader header, PosFile[] files)
    {
        var refused = ImmutableArray.CreateBuilder<string>();
        foreach (var (index, file) in files.Index())
        {
            if (PosHistogram.Read(file.Path, out var why) is { } histogram)
            {
                return (OfHistogram(header, file, histogram) with { Remarks = refused.ToImmutable() }).Instead([.. files[index..].Select(f => f.Where)]);
            }

            refused.Add($"The histogram {file.Where} {why}.");
        }

        return new PosLatencies(null, [], refused.ToImmutable());
    }

    private static PosLatencies OfHistogram(TrialHeader header, PosFile file, PosHistogram histogram)
    {
        // Nobody says how many packets there were beside those that MoonGen sampled: counts of 0 make loss and rate unknown.
        var nothing = new CaptureSummary(file.Where, "histogram", 0, 0, 0, 0, 0);
        var evaluation = new LatencyEvaluation
        {
            Pre = nothing,
            Post = nothing,
            Identity = "histogram",
            Matched = histogram.Latencies.Count,
            Lost = 0,
            LongestLossBurst = 0,
            UnmatchedPost = 0,
            DuplicatesPre = 0,
            DuplicatesPost = 0,
            Reordered = 0,
            OutsideWindow = 0,
            Trimmed = 0,
            Latencies = histogram.Latencies,
            Worst = [],
            Seconds = [],
            Problems = [],
        };
        var measurement = new TrialMeasurement(evaluation, Asked(header), Outcome(0)) { NotKnown = histogram.Bucket > 1 ? [.. NotInHistograms, Unknown.Maximum] : NotInHistograms };
        return new PosLatencies(measurement, [], []);
    }

    // How long traffic was asked for is in no file that is read.
    private static TrafficOptions Asked(TrialHeader header) => new(PosAxes.RateOf(header), PosAxes.SizeOf(header), TimeSpan.Zero, 1);

    // No rate is off one that nobody knows.
    private static TrialMeasurement Comparable(TrialMeasurement measurement) =>
        measurement.Asked.Rate > 0 ? measurement : measurement with { Asked = measurement.Asked with { Rate = double.NaN } };

    private static TrafficOutcome Outcome(long sent) => new("", "", sent, sent, 0, 0, 0, []);

    [GeneratedRegex(@"(?<![A-Za-z0-9])pre(?=[-_.])")]
    private static partial Regex Before { get; }
}
