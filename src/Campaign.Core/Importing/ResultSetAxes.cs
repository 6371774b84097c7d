using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Importing;

/// <summary>
/// What was swept, read from the names of published result sets: names of captures say rate and repeat (<c>rate10000-repeat0</c>), folders say the rest. Folders whose
/// names are made of HVNet's words (a platform, <c>vanilla</c>, <c>nohz</c> or <c>rt</c>, <c>optimized</c> or <c>non-optimized</c>) become three axes; any others one axis <c>set</c>.
/// </summary>
internal sealed partial class ResultSetAxes
{
    private const string Repeat = "repeat";
    private static readonly ImmutableArray<string> Kernels = ["vanilla", "nohz", "rt"];
    private static readonly ImmutableArray<string> Tunings = ["non-optimized", "optimized"];

    private ResultSetAxes(ImmutableArray<AxisRecord> axes, ImmutableArray<TrialHeader> trials) => (Axes, Trials) = (axes, trials);

    /// <summary>Axes with more than one level, and the rate.</summary>
    public ImmutableArray<AxisRecord> Axes { get; }

    /// <summary>One trial for each set, in the order of the sets.</summary>
    public ImmutableArray<TrialHeader> Trials { get; }

    /// <param name="sets">At least one.</param>
    /// <exception cref="CampaignException">Two sets have the same values and the same repeat (exit code 3).</exception>
    public static ResultSetAxes Of(ImmutableArray<ResultSetFiles> sets)
    {
        var folders = Folders([.. sets.Select(s => s.Folder).Distinct()]);
        (ImmutableArray<KeyValuePair<string, Value>> Cell, int Repeat)[] read = [.. sets.Select(s => Read(s.Capture, folders[s.Folder]))];
        ImmutableArray<AxisRecord> axes =
        [
            .. read.SelectMany(r => r.Cell).GroupBy(v => v.Key)
                .Select(g => new AxisRecord(g.Key, g.Key == "rate" ? "pkt/s" : "", [.. Ordered(g.Key, g.Select(v => v.Value).Distinct())]))
                .Where(a => a.Values.Length > 1 || a.Name == "rate"),
        ];
        var names = axes.Select(a => a.Name).ToHashSet();
        var trials = read.Zip(sets, (r, set) => (set.Name, Header: ImportedSweep.Header([.. axes.SelectMany(a => r.Cell.Where(v => v.Key == a.Name))], r.Repeat))).ToArray();
        if (trials.GroupBy(t => t.Header.Id).FirstOrDefault(g => g.Count() > 1) is { } same)
        {
            throw new CampaignException(
                $"The result sets {string.Join(" and ", same.Take(2).Select(t => t.Name))} have the same name apart from their order: they cannot be told apart.",
                ExitCode.Definition,
                "Import their folders one after the other, each with a name of its own: --as NAME.");
        }

        return new ResultSetAxes(axes, [.. trials.Select(t => t.Header)]);
    }

    /// <summary>Values that each folder stands for.</summary>
    private static ImmutableDictionary<string, ImmutableArray<KeyValuePair<string, Value>>> Folders(ImmutableArray<string> folders)
    {
        var common = Common([.. folders.Select(f => f.Split('/'))]);
        var read = folders.ToImmutableDictionary(f => f, f => Known(string.Join('-', f.Split('/').Skip(common))));
        var whole = read.Values.All(v => v is not null) && read.Values.Select(v => string.Join(',', v!.Value)).Distinct().Count() == folders.Length;
        return folders.ToImmutableDictionary(
            f => f,
            f => whole ? read[f]!.Value : [KeyValuePair.Create("set", Value.Of(string.Join('/', f.Split('/').Skip(common))))]);
    }

    // Leading folders that all have in common say nothing.
    private static int Common(string[][] paths) =>
        Enumerable.Range(0, paths.Min(p => p.Length)).TakeWhile(i => paths.All(p => p[i] == paths[0][i])).Count();

    private static ImmutableArray<KeyValuePair<string, Value>>? Known(string words)
    {
        var match = Words.Match(words);
        return match.Success
            ?
            [
                KeyValuePair.Create("platform", Value.Of(match.Groups["platform"].Value)),
                KeyValuePair.Create("kernel", Value.Of(match.Groups["kernel"].Value)),
                KeyValuePair.Create("tuning", Value.Of(match.Groups["tuning"].Value)),
            ]
            : null;
    }

    private static (ImmutableArray<KeyValuePair<string, Value>> Cell, int Repeat) Read(string capture, ImmutableArray<KeyValuePair<string, Value>> folder)
    {
        var (cell, repeat, rest) = (folder.ToBuilder(), 1, new List<string>());
        foreach (var part in capture.Split('-').Where(p => p is not ("latencies" or "pre")))
        {
            var match = Numbered.Match(part);
            if (!match.Success)
            {
                rest.Add(part);
            }
            else if (match.Groups["name"].Value == Repeat)
            {
                repeat = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) + 1;
            }
            else
            {
                cell.Add(KeyValuePair.Create(match.Groups["name"].Value, Value.Of(long.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture))));
            }
        }

        if (rest.Count > 0)
        {
            cell.Insert(folder.Length, KeyValuePair.Create("application", Value.Of(string.Join('-', rest))));
        }

        return (cell.ToImmutable(), repeat);
    }

    private static IEnumerable<Value> Ordered(string axis, IEnumerable<Value> values) => axis switch
    {
        "kernel" => values.OrderBy(v => Kernels.IndexOf(v.ToString())),
        "tuning" => values.OrderBy(v => Tunings.IndexOf(v.ToString())),
        _ => ImportedSweep.Ordered(values),
    };

    [GeneratedRegex(@"^(?<name>[a-z]+)(?<number>\d{1,18})$")]
    private static partial Regex Numbered { get; }

    [GeneratedRegex(@"^(?<platform>.+?)-(?<kernel>vanilla|nohz|rt)-(?<tuning>non-optimized|optimized)$")]
    private static partial Regex Words { get; }
}
