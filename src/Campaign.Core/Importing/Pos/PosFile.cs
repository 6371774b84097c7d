using System.Globalization;
using System.Text.RegularExpressions;

namespace Campaign.Importing.Pos;

/// <summary>A file that belongs to one run of a loop, told by the suffix <c>_run043</c> that pos gives it, with as many digits as the loop needs.</summary>
/// <param name="Run">Number of the run. It names the run and says nothing of its values.</param>
/// <param name="Node">The node that it is of.</param>
/// <param name="Name">Path in the node's folder without the suffix: <c>throughput.log</c>, <c>logs/hash.txt</c>.</param>
/// <param name="Path">Full path.</param>
internal sealed partial record PosFile(int Run, string Node, string Name, string Path)
{
    private const string TimeFormat = "yyyy-MM-dd_HH-mm-ss";

    /// <summary>Whether pos itself wrote it for a command: <c>.loop</c>, <c>.status</c>, <c>.stdout</c>, ….</summary>
    public bool IsOfCommand => Command.IsMatch(Name);

    /// <summary>When the command was launched, in the testbed's time; null for files that are of no command.</summary>
    public DateTime? Launched =>
        Command.IsMatch(Name) && DateTime.TryParseExact(Name[..TimeFormat.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary><c>.loop</c>; of a packed file that of its content.</summary>
    public string Extension => System.IO.Path.GetExtension(Plain);

    /// <summary><c>throughput.log</c>: the name without folders and without <c>.zst</c>.</summary>
    public string FileName => Plain[(Plain.LastIndexOf('/') + 1)..];

    /// <summary><c>throughput</c>, <c>logs/hash</c>; of a command's output the name of the command.</summary>
    public string Label => System.IO.Path.ChangeExtension(Command.Match(Name) is { Success: true } command ? command.Groups["name"].Value : Plain, null);

    /// <summary>For people: where it lies.</summary>
    public string Where => $"{Node}/{System.IO.Path.GetFileName(Path)}";

    public long Length => new FileInfo(Path).Length;

    private string Plain => Name.EndsWith(".zst", StringComparison.Ordinal) ? Name[..^4] : Name;

    /// <summary>Null for a file that belongs to no run.</summary>
    /// <param name="root">The result folder.</param>
    /// <param name="path">Full path of a file in it: <c>NODE/…</c> (2020), or <c>scripts|files|energy/NODE/…</c> (since 2025).</param>
    public static PosFile? Of(string root, string path)
    {
        var parts = System.IO.Path.GetRelativePath(root, path).Split(System.IO.Path.DirectorySeparatorChar);
        var node = parts is ["scripts" or "files" or "energy", _, _, ..] ? 1 : 0;
        if (parts.Length < node + 2 || parts[0] == "config")
        {
            return null;
        }

        var name = string.Join('/', parts[(node + 1)..]);
        var suffix = Suffix.Match(name);
        return suffix.Success
            ? new PosFile(int.Parse(suffix.Groups["run"].ValueSpan, CultureInfo.InvariantCulture), parts[node], name.Remove(suffix.Index, suffix.Length), path)
            : null;
    }

    [GeneratedRegex(@"_run(?<run>\d{1,9})(?=[./]|$)")]
    private static partial Regex Suffix { get; }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_\d+_(?<name>[^/]+)\.(file|loop|status|stdout|stderr|command)$")]
    private static partial Regex Command { get; }
}
