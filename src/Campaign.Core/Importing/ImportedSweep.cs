using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Storage;
using Campaign.Units;

namespace Campaign.Importing;

/// <summary>What all imports have in common: how a sweep that was measured elsewhere is named, and how it is stored.</summary>
internal static class ImportedSweep
{
    /// <summary>Results on disk together: few enough to fit into memory.</summary>
    private const int Batch = 16;

    /// <summary>A sweep without an id yet, marked as imported: never simulated, never attested.</summary>
    /// <param name="name">Of the campaign that it will belong to.</param>
    /// <param name="identity">Of everything that was found: the same again is the same sweep.</param>
    /// <param name="imported">Where it came from.</param>
    /// <param name="axes">What was swept.</param>
    /// <param name="trials">In their order.</param>
    /// <param name="origin">Who imports, when, with which gates.</param>
    public static SweepRecord Record(
        string name, Digest identity, ImportRecord imported, ImmutableArray<AxisRecord> axes, ImmutableArray<TrialHeader> trials, ImportOrigin origin) => new()
        {
            Id = "",
            Campaign = Folder(name),
            Title = name,
            Question = "",
            Testbed = "imported",
            TestbedTitle = "unknown; imported results",
            Driver = "none",
            Simulated = false,
            Imported = imported,
            Identity = identity.Hex,
            Seed = Convert.ToInt64(identity.Hex[..15], 16),
            Started = origin.Now,
            Parameters = [],
            Axes = axes,
            Excluded = [],
            Trials = trials,
            Report = new ReportOptions(),
            Gates = origin.Gates,
            Provenance = origin.Provenance,
        };

    /// <summary>The header of one trial; its id follows from its values and its repeat.</summary>
    public static TrialHeader Header(ImmutableArray<KeyValuePair<string, Value>> cell, int repeat)
    {
        using var digest = new DigestBuilder();
        foreach (var (name, value) in cell)
        {
            digest.Add(name).Add(value.Canonical);
        }

        return new TrialHeader(digest.Add(repeat).ToDigest().Short, cell, repeat, repeat, "");
    }

    /// <summary>Values of an axis in their order: numbers ascending, then texts.</summary>
    public static IEnumerable<Value> Ordered(IEnumerable<Value> values) =>
        values.OrderBy(v => v switch { Value.Integer whole => whole.Content, Value.Number number => number.Content, _ => double.MaxValue }).ThenBy(v => v.ToString(), StringComparer.Ordinal);

    /// <summary>Stores a sweep, trial by trial. Importing the same again adds nothing; an interrupted import goes on.</summary>
    /// <param name="sweep">Without an id.</param>
    /// <param name="results">Receives; open for writing.</param>
    /// <param name="read">Reads the trial at a place of the sweep as stored; called one after the other.</param>
    /// <returns>As stored, with its id.</returns>
    public static SweepRecord Store(SweepRecord sweep, ResultsWriter results, Func<SweepRecord, int, StoredTrial> read)
    {
        ImmutableArray<string> wanted = [.. sweep.Trials.Select(t => t.Id)];
        if (results.FindSweeps(sweep.Identity).FirstOrDefault(s => s.IsComplete(wanted)) is { } present)
        {
            return present.Sweep;
        }

        var writer = results.BeginSweep(sweep, wanted);
        var missing = Enumerable.Range(0, wanted.Length).Where(i => !writer.Finished.Contains(wanted[i]));
        foreach (var batch in missing.Chunk(Batch))
        {
            writer.Import([.. batch.Select(i => read(writer.Sweep, i))]);
        }

        return writer.Sweep;
    }

    // Campaigns name folders.
    private static string Folder(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).Trim('.') is { Length: > 0 } clean ? clean : "imported";
}

/// <summary>Who imports, when, and what the report shall judge.</summary>
/// <param name="Gates">Lines of a gate; may be empty.</param>
/// <param name="Provenance">Of the import.</param>
/// <param name="Now">When.</param>
internal sealed record ImportOrigin(ImmutableArray<string> Gates, Provenance Provenance, DateTimeOffset Now);
