using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>Reads the lines of a gate: <c>where kernel=rt : p99.999 &lt; 2ms at 95%</c>. Comments begin with <c>#</c>.</summary>
internal static partial class GateParser
{
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
        var match = Form.Match(line);
        if (!match.Success)
        {
            diagnostics.Error(where, $"'{line}' is no rule of a gate.", "Write: where kernel=rt : p99.999 < 2ms at 95%");
            return null;
        }

        CellFilter? filter = null;
        if (match.Groups["filter"].Value.Trim() is not "*" and var text)
        {
            filter = CellFilter.TryParse(text, axes, out var mistake);
            if (filter is null)
            {
                diagnostics.Error(where, mistake!);
                return null;
            }
        }

        var bound = double.Parse(match.Groups["bound"].ValueSpan, CultureInfo.InvariantCulture) * Factor(match.Groups["unit"].Value);
        double? confidence = match.Groups["confidence"].Success ? double.Parse(match.Groups["confidence"].ValueSpan, CultureInfo.InvariantCulture) / 100 : null;
        return new GateRule(line, filter, match.Groups["metric"].Value, match.Groups["operator"].Value, bound, confidence, where);
    }

    private static double Factor(string unit) => unit switch
    {
        "us" or "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "%" => 0.01,
        _ => 1,
    };

    [GeneratedRegex(@"^where\s+(?<filter>[^:]+):\s*(?<metric>p\d+(\.\d+)?|max|min|mean|loss)\s*(?<operator><=|>=|<|>)\s*(?<bound>\d+(\.\d+)?([eE][-+]?\d+)?)\s*(?<unit>ns|us|µs|ms|s|%)?(\s+at\s+(?<confidence>\d+(\.\d+)?)\s*%)?(\s+over\s+(all|median|any))?$")]
    private static partial Regex Form { get; }
}
