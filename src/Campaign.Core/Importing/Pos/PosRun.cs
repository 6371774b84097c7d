using System.Collections.Immutable;
using Campaign.Definition;

namespace Campaign.Importing.Pos;

/// <summary>One run of a loop: a trial.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Files">Of all nodes, sorted by node and name.</param>
/// <param name="Values">From the loop files; empty when nobody knows them.</param>
/// <param name="Refusals">Why its values are not known or not to be trusted, in sentences: such a run counts nowhere.</param>
/// <param name="Remarks">What a reader has to know about its loop files, in sentences.</param>
internal sealed record PosRun(
    int Number, ImmutableArray<PosFile> Files, ImmutableArray<KeyValuePair<string, Value>> Values, ImmutableArray<string> Refusals, ImmutableArray<string> Remarks)
{
    /// <summary><c>run 43</c></summary>
    public string Name => $"run {Number}";

    /// <summary>Reads the loop files, and nothing else.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="files">With at least one file of a command.</param>
    public static PosRun Of(int number, ImmutableArray<PosFile> files)
    {
        var loops = files.Where(f => f.IsOfCommand && f.Extension == ".loop").Select(f => (File: f, Values: PosLoop.Read(f.Path, out var why), Why: why)).ToArray();
        var read = loops.Where(l => l.Why.Length == 0).ToArray();
        ImmutableArray<string> refusals = [.. loops.Where(l => l.Why.Length > 0).Select(l => $"The loop file {l.File.Where} {l.Why}.")];
        var said = read.GroupBy(l => Text(l.Values.OrderBy(v => v.Key, StringComparer.Ordinal))).ToArray();
        if (said.Length > 1)
        {
            var words = said.Select(g => $"{string.Join(" and ", g.Select(l => l.File.Where))}: {g.Key}");
            return new PosRun(number, files, [], [.. refusals, $"Its loop files contradict each other, so nobody knows what was measured. {string.Join("; ", words)}."], []);
        }

        if (read.Length == 0)
        {
            return new PosRun(number, files, [], loops.Length > 0 ? refusals : ["No node has a loop file of it, so nobody knows what was measured."], []);
        }

        var silent = files.Where(f => f.IsOfCommand).Select(f => f.Node).Distinct().Except(loops.Select(l => l.File.Node)).ToArray();
        return new PosRun(
            number, files, read[0].Values, refusals,
            silent.Length > 0 ? [$"{string.Join(" and ", silent)} {(silent.Length == 1 ? "has" : "have")} no loop file of it; the values are those of {read[0].File.Where}."] : []);
    }

    private static string Text(IEnumerable<KeyValuePair<string, Value>> values) => string.Join(", ", values.Select(v => $"{v.Key}={v.Value.Canonical}"));
}
