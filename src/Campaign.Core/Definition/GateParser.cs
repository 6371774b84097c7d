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
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Split('#')[0].Trim();
            var where = start with { Line = start.Line + i };
            if (line.Length > 0 && Rule(line, where, axes, diagnostics) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules.ToImmutable();
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
