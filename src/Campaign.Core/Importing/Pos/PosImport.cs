using System.Collections.Immutable;
using System.Globalization;
using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Units;

namespace Campaign.Importing.Pos;

/// <summary>
/// Result folders of pos, of the layout of 2020 and of that since 2025, become sweeps: every run of a loop is a trial with the values of its loop file. Marked as imported:
/// never simulated, never attested.
/// </summary>
internal static class PosImport
{
    private static readonly ImmutableArray<string> Limits =
    [
        "Values of each run are those of its loop files, never inferred from its number.",
        "Rates are those of MoonGen's counters: the median of their seconds; loss is the difference of the totals sent and received: packets sent before the other side was up are lost, and whatever else was on the wire counts.",
        "Latencies from histograms are those of MoonGen's buckets and of the packets that it sampled: their percentiles are edges of buckets, and their loss is not known. Latencies from captures were evaluated here and are exact.",
        "Begin of a trial is when its command was launched, in the testbed's own time; pos does not say when each run began or how long it took.",
        "Nothing was read back from a testbed: images, boot parameters and hardware are those that pos noted. Access tokens and whatever else is called a secret were not copied; a variable that is called one is no axis.",
    ];

    /// <summary>Stores one result folder as a sweep. Importing it again adds nothing; an interrupted import goes on.</summary>
    /// <param name="found">By <see cref="Find"/>.</param>
    /// <param name="results">Receives; open for writing. Recordings of interrupts are copied into the trials' folders.</param>
    /// <returns>As stored, with its id.</returns>
    public static SweepRecord Run(PosSweep found, ResultsWriter results) => ImportedSweep.Store(found.Sweep, results, (sweep, i) =>
    {
        var (header, run) = (sweep.Trials[i], found.Tree.Runs[i]);
        var trial = PosTrial.Of(header, found.Tree, run, sweep.Started);
        foreach (var (path, name) in trial.Kept)
        {
            WholeFile.Write(Path.Combine(results.Folder.Trial(sweep, i, header.Id), name), string.Concat(Captures.CaptureArchive.ReadLines(path).Select(l => l + "\n")));
        }

        return new StoredTrial(sweep.Id, header, PosTrial.Content(run).Hex, trial.Result, []);
    });

    /// <summary>Finds result folders and what was swept in each. Of runs, names and loop files are read.</summary>
    /// <param name="folder">A result folder, or one that holds some at any depth.</param>
    /// <param name="name">Of the campaign that the sweeps will belong to; null: the folder's.</param>
    /// <param name="origin">Who imports, when, with which gates.</param>
    /// <exception cref="CampaignException">There is no such folder, or no run of a loop in it (7).</exception>
    public static PosFound Find(string folder, string? name, ImportOrigin origin)
    {
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
        {
            throw new CampaignException($"The folder {root} does not exist.", ExitCode.Nothing, "Name a result folder of pos, such as USER/default/2020-10-07_23-22-39_868017; unpack an archive first.");
        }

        var trees = PosTree.Find(root);
        if (trees.All(t => t.Runs.IsEmpty))
        {
            throw new CampaignException(
                trees.IsEmpty ? $"There is no result folder of pos in {root}." : $"No command was looped in {root}, so there is no run to import.",
                ExitCode.Nothing,
                "A result folder holds config/allocation.json, and for each run of a loop a file …_run0.loop below the name of a node.");
        }

        return new PosFound(
            [.. trees.Where(t => !t.Runs.IsEmpty).Select(t => new PosSweep(Record(t, name ?? new DirectoryInfo(root).Name, origin), t))],
            [.. trees.Where(t => t.Runs.IsEmpty).Select(t => t.Root)]);
    }

    private static SweepRecord Record(PosTree tree, string name, ImportOrigin origin)
    {
        using var digest = new DigestBuilder();
        digest.Add("pos").Add(name).Add(Path.GetFileName(tree.Root));
        foreach (var file in tree.Runs.SelectMany(r => r.Files))
        {
            digest.Add(file.Run).Add(file.Node).Add(file.Name).Add(file.Length);
        }

        var (axes, facts) = (PosAxes.Of(tree.Runs), PosFacts.Of(tree.Root, out var unreadable));
        ImmutableArray<string> limits =
        [
            .. Limits,
            .. tree.TellsStatus ? [] : new[] { "No command left a status, so nobody knows whether they came to their end." },
            .. axes.Repeat.Length > 0 ? new[] { $"Repeats are those of the variable {axes.Repeat}." } : [],
            .. axes.Renumbered > 0 ? new[] { string.Create(CultureInfo.InvariantCulture, $"{axes.Renumbered} runs have the values of a run before: they are its repeats, numbered in the order of the runs.") } : [],
            .. unreadable.Select(u => $"Not readable: {u}."),
        ];
        var record = ImportedSweep.Record(name, digest.ToDigest(), new ImportRecord(tree.Root, "pos runs", limits), axes.Axes, axes.Trials, origin);
        var nodes = tree.Runs.SelectMany(r => r.Files).Select(f => f.Node).Distinct().Order(StringComparer.Ordinal);
        return record with { TestbedTitle = $"pos: {string.Join(", ", nodes)}; imported results", Provenance = origin.Provenance with { Facts = facts } };
    }
}

/// <summary>A result folder before its runs are read.</summary>
/// <param name="Sweep">What was swept; without an id yet.</param>
/// <param name="Tree">With as many runs as the sweep has trials, in their order.</param>
internal sealed record PosSweep(SweepRecord Sweep, PosTree Tree);

/// <summary>What was found in a folder.</summary>
/// <param name="Sweeps">Result folders with runs.</param>
/// <param name="Without">Full paths of result folders in which no command was looped.</param>
internal sealed record PosFound(ImmutableArray<PosSweep> Sweeps, ImmutableArray<string> Without);
