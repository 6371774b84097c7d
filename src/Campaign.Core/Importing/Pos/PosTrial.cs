using System.Collections.Immutable;
using System.Globalization;
using Campaign.Attestation;
using Campaign.Conducting;
using Campaign.Storage;
using Campaign.Testbeds;
using Campaign.Units;

namespace Campaign.Importing.Pos;

/// <summary>From the files of one run to a trial's result.</summary>
/// <param name="Result">What it came to.</param>
/// <param name="Kept">Files to copy into the trial's folder: full path, and name there.</param>
internal sealed record PosTrial(TrialResult Result, ImmutableArray<(string Path, string Name)> Kept)
{
    private const string Interrupts = "interrupts";
    private const long ReadWhole = 1 << 20;

    /// <param name="header">The trial.</param>
    /// <param name="tree">The run's.</param>
    /// <param name="run">The run.</param>
    /// <param name="imported">When it is read; stands for when it was measured where no name says that.</param>
    public static PosTrial Of(TrialHeader header, PosTree tree, PosRun run, DateTimeOffset imported)
    {
        var (latencies, figures) = (PosLatencies.Of(header, run, imported), PosFigures.Of(tree, run));
        ImmutableArray<string> unmeasured = [.. run.Refusals, .. PosStatus.Failures(tree, run)];
        ImmutableArray<string> unusable = [.. latencies.Failures, .. Nothing(run, latencies, figures)];
        ImmutableArray<string> remarks = [.. run.Remarks, .. PosStatus.Remarks(tree, run), .. latencies.Remarks, .. figures.Remarks];
        var failed = !unmeasured.IsEmpty || !unusable.IsEmpty;
        ImmutableArray<(string, string)> kept = [.. figures.Interrupts.Select((f, i) => (f.Path, i == 0 ? $"{Interrupts}.csv" : string.Create(CultureInfo.InvariantCulture, $"{Interrupts}-{i + 1}.csv")))];
        return new PosTrial(
            new TrialResult
            {
                TrialId = header.Id,
                State = failed ? TrialState.Failed : remarks.IsEmpty ? TrialState.Ok : TrialState.Degraded,
                FailedStep = !failed ? "" : unmeasured.IsEmpty ? "evaluate" : "measure",
                Reasons = [.. unmeasured, .. unusable, .. remarks],
                Started = run.Files.Select(f => f.Launched).Where(t => t is not null).Min() is { } launched ? new DateTimeOffset(launched, TimeSpan.Zero) : imported,
                Took = TimeSpan.Zero,
                Steps = [],
                BootId = "",
                Attestation = AttestationReport.Empty,
                Facts = [new Fact(ImportFacts.Set, run.Name)],
                Measurement = latencies.Measurement,
                Metrics = figures.Metrics,
                Artefacts = [.. kept.Select(k => k.Item2)],
            },
            kept);
    }

    /// <summary>Of what the result depends on: small files whole, of large ones the length.</summary>
    public static Digest Content(PosRun run)
    {
        using var digest = new DigestBuilder();
        foreach (var file in run.Files)
        {
            digest.Add(file.Node).Add(file.Name).Add(file.Length);
            if (file.Length <= ReadWhole)
            {
                digest.Add(Digest.Of(File.ReadAllBytes(file.Path)).Hex);
            }
        }

        return digest.ToDigest();
    }

    private static IEnumerable<string> Nothing(PosRun run, PosLatencies latencies, PosFigures figures)
    {
        if (latencies is { Measurement: null, Failures: [] } && figures is { Metrics: [], Interrupts: [] })
        {
            var brought = run.Files.Where(f => !f.IsOfCommand).ToArray();
            yield return brought.Length == 0
                ? "It has brought nothing but the output of its commands, in which no counter of MoonGen is."
                : $"Nothing of it can be used: in none of its {brought.Length} files are captures, a histogram, counters of MoonGen, energy or interrupts{(brought.Count(f => f.Length == 0) is > 0 and var empty ? $" ({empty} hold 0 bytes)" : "")}.";
        }
    }
}
