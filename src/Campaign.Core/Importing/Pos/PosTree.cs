using System.Collections.Immutable;

namespace Campaign.Importing.Pos;

/// <summary>One result folder of pos, of either layout.</summary>
/// <param name="Root">Full path of the folder that pos named by time.</param>
/// <param name="Runs">Runs of its loops by number; empty when no command was looped.</param>
internal sealed record PosTree(string Root, ImmutableArray<PosRun> Runs)
{
    private const int EnoughRuns = 3;

    /// <summary>Whether pos left the status of any command: where it left none, nothing follows from a missing one.</summary>
    public bool TellsStatus { get; } = Runs.SelectMany(r => r.Files).Any(f => f.IsOfCommand && f.Extension == ".status");

    /// <summary>What more than half of the runs have brought, by node and name, with how many of them.</summary>
    public ImmutableArray<(string Node, string Name, int Runs)> Usual { get; } = Runs.Length < EnoughRuns ? [] :
    [
        .. Runs.SelectMany(r => r.Files).Where(f => !f.IsOfCommand).GroupBy(f => (f.Node, f.Name))
            .Select(g => (g.Key.Node, g.Key.Name, Runs: g.Select(f => f.Run).Distinct().Count())).Where(f => 2 * f.Runs > Runs.Length),
    ];

    /// <summary>Labels that files of several nodes have.</summary>
    private ImmutableHashSet<string> Shared { get; } =
        [.. Runs.SelectMany(r => r.Files).Select(f => (f.Label, f.Node)).Distinct().GroupBy(f => f.Label).Where(g => g.Count() > 1).Select(g => g.Key)];

    /// <summary>Every result folder at or below a folder, by name. Of files of runs the names and the loop files are read.</summary>
    public static ImmutableArray<PosTree> Find(string folder)
    {
        var looped = Directory.EnumerateFiles(folder, "*.loop", SearchOption.AllDirectories).Select(RootOfLoop);
        var allocated = Directory.EnumerateFiles(folder, "allocation.json", SearchOption.AllDirectories).Where(f => Name(Parent(f)) == "config").Select(f => Parent(Parent(f)));
        return [.. looped.Concat(allocated).Distinct().Order(StringComparer.Ordinal).Select(Read)];
    }

    /// <summary>What figures of a file are called, the same in all runs: its label, behind the node where several have such a file.</summary>
    public string TitleOf(PosFile file) => Shared.Contains(file.Label) ? $"{file.Node} {file.Label}" : file.Label;

    private static PosTree Read(string root)
    {
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => PosFile.Of(root, f)).OfType<PosFile>();
        var runs = files.GroupBy(f => f.Run).Where(g => g.Any(f => f.IsOfCommand)).OrderBy(g => g.Key);
        return new PosTree(root, [.. runs.Select(g => PosRun.Of(g.Key, [.. g.OrderBy(f => f.Node, StringComparer.Ordinal).ThenBy(f => f.Name, StringComparer.Ordinal)]))]);
    }

    // NODE/….loop, and scripts/NODE/….loop since 2025.
    private static string RootOfLoop(string file) => Parent(Parent(file)) is var above && Name(above) == "scripts" ? Parent(above) : above;

    private static string Parent(string path) => Path.GetDirectoryName(path) ?? path;

    private static string Name(string path) => Path.GetFileName(path);
}
