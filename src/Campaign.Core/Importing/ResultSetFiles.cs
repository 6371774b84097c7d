using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Campaign.Importing;

/// <summary>The files that HVNet's evaluation made of one pair of captures.</summary>
/// <param name="Folder">Relative to the imported folder, with slashes; empty for the folder itself.</param>
/// <param name="Capture">Name of the capture before the device, without extensions: <c>latencies-pre-rate10000-repeat0</c>.</param>
/// <param name="Files">Full paths by kind: <c>hist</c>, <c>percentiles</c>, …</param>
internal sealed partial record ResultSetFiles(string Folder, string Capture, ImmutableSortedDictionary<string, string> Files)
{
    /// <summary>The nine files of a set.</summary>
    public static readonly ImmutableArray<string> Kinds =
        ["hist", "jitterpost", "jitterpre", "packetratepost", "packetratepre", "percentiles", "stats", "transferrate", "worst"];

    /// <summary>For people: where the set lies.</summary>
    public string Name => Folder.Length == 0 ? Capture : $"{Folder}/{Capture}";

    /// <summary>Full path, or null when the set lacks the file.</summary>
    public string? this[string kind] => Files.GetValueOrDefault(kind);

    /// <summary>All sets below a folder, by name.</summary>
    public static ImmutableArray<ResultSetFiles> Find(string root) =>
        Of(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(path => (Relative(root, path), Path.GetFileName(path), path)));

    /// <summary>All sets among some files, by name; other files are left out.</summary>
    /// <param name="files">Folder and name by which files belong together, and the full path.</param>
    public static ImmutableArray<ResultSetFiles> Of(IEnumerable<(string Folder, string Name, string Path)> files)
    {
        var found =
            from file in files
            let match = Form.Match(file.Name)
            where match.Success
            group (Kind: match.Groups["kind"].Value, file.Path)
                by (file.Folder, Capture: match.Groups["capture"].Value) into set
            orderby set.Key.Folder, set.Key.Capture
            select new ResultSetFiles(set.Key.Folder, set.Key.Capture, ByKind(set));
        return [.. found];
    }

    // A set may lie there packed and unpacked; the packed file is the published one.
    private static ImmutableSortedDictionary<string, string> ByKind(IEnumerable<(string Kind, string Path)> set) =>
        set.GroupBy(f => f.Kind).ToImmutableSortedDictionary(g => g.Key, g => g.Select(f => f.Path).Order(StringComparer.Ordinal).Last());

    private static string Relative(string root, string path)
    {
        var folder = Path.GetRelativePath(root, Path.GetDirectoryName(path)!).Replace(Path.DirectorySeparatorChar, '/');
        return folder == "." ? "" : folder;
    }

    [GeneratedRegex(@"^(?<capture>.+?)(\.pcap)?(\.zst)?(\.bucket_size\d+)?\.trim_ms\d+(\.num_worst\d+)?\.(?<kind>hist|jitterpre|jitterpost|packetratepre|packetratepost|percentiles|stats|transferrate|worst)\.csv(\.zst)?$")]
    private static partial Regex Form { get; }
}
