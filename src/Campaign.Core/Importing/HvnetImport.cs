using System.Collections.Immutable;
using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Units;

namespace Campaign.Importing;

/// <summary>
/// Result sets as HVNet's evaluation publishes them (nine CSV files for each pair of captures, plain or <c>.zst</c>) become a sweep like any other, marked as imported: never
/// simulated, never attested. Sets are read one after the other.
/// </summary>
internal static class HvnetImport
{
    private static readonly ImmutableArray<string> Limits =
    [
        "Percentiles: those that the set lists, and the worst packets, are exact; any other is read from buckets of 100 ns.",
        "Loss is the difference of the counts before and behind the device, because no packet-by-packet count was published.",
        "Mean, loss bursts, duplicates and reordering, and the percentiles of single seconds, were not published.",
        "When and on which machines it was measured is not in the files, and nothing was read back from a testbed.",
    ];

    /// <summary>Stores what was found as a sweep. Importing the same folder again adds nothing; an interrupted import goes on.</summary>
    /// <param name="found">By <see cref="Find"/>.</param>
    /// <param name="results">Receives; open for writing.</param>
    /// <returns>As stored, with its id.</returns>
    public static SweepRecord Run(PublishedSweep found, ResultsWriter results) =>
        ImportedSweep.Store(found.Sweep, results, (sweep, i) => Read(sweep, sweep.Trials[i], found.Sets[i]));

    /// <summary>Finds result sets and what was swept. Only names are read.</summary>
    /// <param name="folder">Holds result sets at any depth.</param>
    /// <param name="name">Of the campaign that the sweep will belong to; null: the folder's.</param>
    /// <param name="origin">Who imports, when, with which gates.</param>
    /// <exception cref="CampaignException">There is no such folder, or no result set in it (7), or two that cannot be told apart (3).</exception>
    public static PublishedSweep Find(string folder, string? name, ImportOrigin origin)
    {
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
        {
            throw new CampaignException($"The folder {root} does not exist.", ExitCode.Nothing, "Name the folder that holds the result sets; unpack an archive first.");
        }

        var sets = ResultSetFiles.Find(root);
        return sets.IsEmpty
            ? throw new CampaignException(
                $"There is no result set of HVNet in {root}.", ExitCode.Nothing, "Its files end in .hist.csv, .percentiles.csv, … behind .trim_ms0, plain or .zst.")
            : new PublishedSweep(Record(root, name ?? new DirectoryInfo(root).Name, sets, ResultSetAxes.Of(sets), origin), sets);
    }

    /// <summary>Reads one set; only this one is in memory.</summary>
    public static StoredTrial Read(SweepRecord sweep, TrialHeader header, ResultSetFiles files) =>
        new(sweep.Id, header, Content(files).Hex, PublishedTrial.Of(header, files, PublishedSet.Read(files), sweep.Started), []);

    private static Digest Content(ResultSetFiles files)
    {
        using var digest = new DigestBuilder();
        foreach (var (kind, path) in files.Files)
        {
            digest.Add(kind).Add(Digest.Of(File.ReadAllBytes(path)).Hex);
        }

        return digest.ToDigest();
    }

    private static SweepRecord Record(string root, string name, ImmutableArray<ResultSetFiles> sets, ResultSetAxes axes, ImportOrigin origin)
    {
        using var digest = new DigestBuilder();
        digest.Add("hvnet").Add(name);
        foreach (var set in sets)
        {
            digest.Add(set.Name).Add(set.Files.Values.Sum(f => new FileInfo(f).Length));
        }

        return ImportedSweep.Record(name, digest.ToDigest(), new ImportRecord(root, "HVNet result sets", Limits), axes.Axes, axes.Trials, origin);
    }
}

/// <summary>Published results before they are read.</summary>
/// <param name="Sweep">What was swept; without an id yet.</param>
/// <param name="Sets">As many as the sweep has trials, in their order.</param>
internal sealed record PublishedSweep(SweepRecord Sweep, ImmutableArray<ResultSetFiles> Sets);
