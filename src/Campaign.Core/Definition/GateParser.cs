using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>
/// Reads the lines of a gate. Comments begin with <c>#</c>.
/// <c>where kernel=rt : p99.999 &lt; 2ms at 95%</c>; <c>where * : max &lt; 150us over all</c>; <c>where * : supportable &gt;= p99.999</c>;
/// <c>compare kernel rt vs nohz where rate&gt;1e5 : p99.999 equivalent within 5% at 95%</c>, <c>… no-worse-than +5%</c>, <c>… lower-by 2x</c>.
/// </summary>
internal static partial class GateParser
{
    private const string Hint = "Write: where kernel=rt : p99.999 < 2ms at 95%, or: compare kernel rt vs nohz : p99.999 no-worse-than +5% at 95%";

    public static ImmutableArray<GateRule> Parse(string text, SourceSpan start, ImmutableArray<Axis> axes, DiagnosticBag diagnostics)
    {
        var rules = ImmutableArray.CreateBuilder<GateRule>();
        var at = 0;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Split('#')[0].Trim();
            if (line.Length > 0 && Rule(line, Place(raw.Trim(), start, ref at), axes, diagnostics) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules.ToImmutable();
    }

    // Lua tells the line of the call, which may be where a long string ends; the rule itself is looked up in the file.
    private static SourceSpan Place(string rule, SourceSpan start, ref int at)
    {
        var lines = File.Exists(start.File) ? File.ReadAllLines(start.File) : [];
        var found = Array.FindIndex(lines, Math.Min(at, lines.Length), l => l.Contains(rule, StringComparison.Ordinal));
        at = found + 1;
        return found < 0 ? start : new SourceSpan(start.File, found + 1, lines[found].IndexOf(rule, StringComparison.Ordinal) + 1);
    }

    private static GateRule? Rule(string line, SourceSpan where, ImmutableArray<Axis> axes, DiagnosticBag diagnostics)
    {
        var match = CellForm.Match(line) is { Success: true } cells ? cells : LevelForm.Match(line);
        if (!match.Success)
        {
            diagnostics.Error(where, $"'{line}' is no rule of a gate.", Hint);
            return null;
        }

        CellFilter? filter = null;
        if (match.Groups["filter"].Value.Trim() is not ("*" or "") and var text)
        {
            filter = CellFilter.TryParse(text, axes, out var mistake);
            if (filter is null)
            {
                diagnostics.Error(where, mistake!);
                return null;
            }
        }

        var levels = match.Groups["axis"].Success ? Levels(match, axes, where, diagnostics) : null;
        if (match.Groups["axis"].Success && levels is null)
        {
            return null;
        }

        var bound = match.Groups["percentile"].Success
            ? (double)(decimal.Parse(match.Groups["percentile"].ValueSpan, CultureInfo.InvariantCulture) / 100)
            : double.Parse(match.Groups["bound"].ValueSpan, CultureInfo.InvariantCulture) * Factor(match.Groups["unit"].Value);
        double? confidence = match.Groups["confidence"].Success ? double.Parse(match.Groups["confidence"].ValueSpan, CultureInfo.InvariantCulture) / 100 : null;
        if (confidence is <= 0 or >= 1)
        {
            diagnostics.Error(where, $"A confidence of {match.Groups["confidence"].Value} % is none.", "Write one between 50 and 100, for example: at 95%");
            return null;
        }

        return new GateRule(
            line, filter, levels, match.Groups["metric"].Value, match.Groups["operator"].Value.Split([' ', '\t'])[0], bound, confidence,
            match.Groups["over"].Success ? match.Groups["over"].Value : "all", where);
    }

    private static GateLevels? Levels(Match match, ImmutableArray<Axis> axes, SourceSpan where, DiagnosticBag diagnostics)
    {
        var name = match.Groups["axis"].Value;
        if (axes.FirstOrDefault(a => a.Name == name) is not { } axis)
        {
            diagnostics.Error(where, $"There is no axis '{name}'; there are {string.Join(", ", axes.Select(a => a.Name))}.");
            return null;
        }

        Value? Level(string text)
        {
            var found = axis.Values.FirstOrDefault(v => v.ToString() == text);
            if (found is null)
            {
                diagnostics.Error(where, $"The axis '{name}' has no value '{text}'; it has {string.Join(", ", axis.Values)}.");
            }

            return found;
        }

        return Level(match.Groups["level"].Value) is { } level && Level(match.Groups["baseline"].Value) is { } baseline ? new GateLevels(name, level, baseline) : null;
    }

    private static double Factor(string unit) => unit switch
    {
        "us" or "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "%" => 0.01,
        _ => 1,
    };

    [GeneratedRegex(@"^where\s+(?<filter>[^:]+):\s*((?<metric>p\d+(\.\d+)?|max|min|mean|loss)\s*(?<operator><=|>=|<|>)\s*(?<bound>\d+(\.\d+)?([eE][-+]?\d+)?)\s*(?<unit>ns|us|µs|ms|s|%)?(\s+at\s+(?<confidence>\d+(\.\d+)?)\s*%)?(\s+over\s+(?<over>all|median|any))?|(?<metric>supportable)\s*(?<operator>>=)\s*p(?<percentile>\d+(\.\d+)?))$")]
    private static partial Regex CellForm { get; }

    [GeneratedRegex(@"^compare\s+(?<axis>[A-Za-z_]\w*)\s+(?<level>\S+)\s+vs\s+(?<baseline>[^\s:]+)(\s+where\s+(?<filter>[^:]+))?\s*:\s*(?<metric>p\d+(\.\d+)?|max|min|mean)\s+((?<operator>no-worse-than)\s+\+?(?<bound>\d+(\.\d+)?)\s*(?<unit>%)|(?<operator>equivalent\s+within)\s+(?<bound>\d+(\.\d+)?)\s*(?<unit>%)|(?<operator>lower-by)\s+(?<bound>\d+(\.\d+)?)\s*x)(\s+at\s+(?<confidence>\d+(\.\d+)?)\s*%)?$")]
    private static partial Regex LevelForm { get; }
}
