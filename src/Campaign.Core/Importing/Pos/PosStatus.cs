using System.Globalization;
using System.Text.RegularExpressions;

namespace Campaign.Importing.Pos;

/// <summary>Whether the commands of a run came to their end, and what they have brought. That something stands in <c>.stderr</c> says nothing: shells trace their commands there.</summary>
internal static partial class PosStatus
{
    private const string Finished = "finished";

    // pos cuts what a command prints at a million bytes and a few.
    private const long CutFrom = 1_000_000;
    private const long CutTo = 1_000_100;

    /// <summary>Commands that did not end, or ended with an exit code other than 0, in sentences.</summary>
    /// <param name="tree">The run's.</param>
    /// <param name="run">The run.</param>
    public static IEnumerable<string> Failures(PosTree tree, PosRun run)
    {
        foreach (var command in run.Files.Where(f => f.IsOfCommand).GroupBy(f => (f.Node, Command: f.Name[..^f.Extension.Length])))
        {
            var what = $"The command '{command.First().Label}' on {command.Key.Node}";
            if (command.FirstOrDefault(f => f.Extension == ".status") is not { } file)
            {
                if (tree.TellsStatus)
                {
                    yield return $"{what} has no status: it never finished.";
                }

                continue;
            }

            var status = File.ReadAllText(file.Path).Trim();
            if (!status.StartsWith(Finished, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{what} did not finish: its status is '{Short(status)}'.";
            }
            else if (ExitCode.Match(status) is { Success: true } code && code.Groups["code"].Value != "0")
            {
                yield return $"{what} ended with exit code {code.Groups["code"].Value}.";
            }
        }
    }

    /// <summary>Files that most runs have and this one lacks, and output that was cut, in sentences.</summary>
    public static IEnumerable<string> Remarks(PosTree tree, PosRun run)
    {
        var present = run.Files.Select(f => (f.Node, f.Name)).ToHashSet();
        foreach (var (node, name, runs) in tree.Usual.Where(u => !present.Contains((u.Node, u.Name))))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name} of {node} is missing; {runs} of {tree.Runs.Length} runs have it.");
        }

        foreach (var file in run.Files.Where(f => f.Extension is ".stdout" or ".stderr" && f.Length is >= CutFrom and <= CutTo))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{file.Where} has {file.Length} bytes: pos cut it there, and what followed is lost.");
        }
    }

    private static string Short(string status) => status.Length > 60 ? status[..60] + "…" : status;

    [GeneratedRegex(@"(exit|return)\w*[ _]?(code|status)?\W{0,3}(?<code>-?\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex ExitCode { get; }
}
