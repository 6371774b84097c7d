using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Analysis.Querying;

/// <summary>The fields that the trials of some sweeps have, by name.</summary>
/// <param name="sweeps">Those that are asked.</param>
/// <param name="recorded">What their trials recorded; read only when a query is about it.</param>
internal sealed partial class QueryFields(ImmutableArray<SweepRecord> sweeps, Lazy<RecordedNames> recorded)
{
    /// <summary>Before the name of an axis that is also that of a column.</summary>
    public const string AxisPrefix = "axis.";

    /// <summary>Before the name of what was recorded.</summary>
    public const string MetricPrefix = "metric.";

    private const string FactPrefix = "fact.";

    private static readonly string[] Foremost = ["repeat", "state", "simulated", "imported", "p50", "p99", "p99.9", "max", "loss"];
    private static readonly ImmutableArray<QueryField> Fixed = [.. TrialFields.Names, .. TrialFields.Ends, .. TrialFields.Figures, .. TrialFields.Slow];

    /// <summary>Axes, then parameters. The same name in several sweeps is the same field, an axis here and a parameter there.</summary>
    private readonly ImmutableArray<QueryField> _settings =
    [
        .. sweeps.SelectMany(s => s.Axes).GroupBy(a => a.Name)
            .Select(a => Setting(AxisPrefix, a.Key, a.Select(x => x.Unit).FirstOrDefault(u => u.Length > 0) ?? "", "axis", [.. a.SelectMany(x => x.Values), .. Parameters(sweeps, a.Key)])),
        .. sweeps.SelectMany(s => s.Parameters).Select(p => p.Key).Distinct().Except(sweeps.SelectMany(s => s.Axes).Select(a => a.Name))
            .Select(p => Setting("param.", p, "", "parameter", [.. Parameters(sweeps, p)]) with { Levels = [] }),
    ];

    /// <summary>All of them, in the order of columns.</summary>
    public ImmutableArray<QueryField> All =>
    [
        .. TrialFields.Names, .. _settings, .. TrialFields.Ends, .. TrialFields.Figures, .. TrialFields.Slow,
        .. recorded.Value.Metrics.Select(m => Metric(m.Key, m.Value)), .. recorded.Value.Facts.Select(Fact),
    ];

    /// <summary>What a program gets: all but what is slow.</summary>
    public ImmutableArray<QueryField> ForPrograms => [.. All.Except(TrialFields.Slow)];

    /// <summary>What a person wants to see first. Some of it may be empty for all trials; see <see cref="IsOptional"/>.</summary>
    public ImmutableArray<QueryField> ForPeople => [Named("sweep"), .. _settings.Where(f => f.Levels.Length > 0), .. Foremost.Select(Named)];

    /// <summary>Whether a column for people is left out when no trial has a value in it, or when it is false for all.</summary>
    public static bool IsOptional(QueryField field) => field.Levels.Length > 0 || field.Name is "simulated" or "imported";

    /// <summary>The field of that name; null, with a mistake reported, when there is none.</summary>
    public QueryField? Find(QueryToken token, QuerySource source)
    {
        var found = Percentile.IsMatch(token.Text) ? TrialFields.Figure(Measure.Named(token.Text)) : Known(token.Text).FirstOrDefault(f => f.Name == token.Text);
        if (found is null)
        {
            var near = TooPrecise.Match(token.Text) is { Success: true } digits
                ? $"p{digits.Groups["whole"].Value}.{digits.Groups["rest"].Value}"
                : Spelling.Closest(token.Text, Known(token.Text).Select(f => f.Name));
            source.Error(
                token, $"There is no column '{token.Text}'{(near is null ? "." : $"; did you mean '{near}'?")}", near is null ? "'campaign query --fields' lists what there is." : null);
        }

        return found;
    }

    private static QueryField Named(string name) => Fixed.First(f => f.Name == name);

    // What was recorded is read only for what may be its name.
    private ImmutableArray<QueryField> Known(string name) => name.StartsWith(FactPrefix, StringComparison.Ordinal) || name.StartsWith(MetricPrefix, StringComparison.Ordinal)
        ? All
        : [.. Fixed, .. _settings];

    private static IEnumerable<Value> Parameters(ImmutableArray<SweepRecord> sweeps, string name) => sweeps.SelectMany(s => s.Parameters).Where(p => p.Key == name).Select(p => p.Value);

    // A fixed name keeps its meaning, so that a query means the same for every campaign.
    private static QueryField Setting(string prefix, string name, string unit, string meaning, ImmutableArray<Value> values) => new(
        Fixed.Any(f => f.Name == name) || Percentile.IsMatch(name) ? prefix + name : name, KindOf(values), unit, meaning, t => t.Setting(name))
    {
        Levels = [.. values.Where(v => v is not Value.Nil).Distinct()],
    };

    private static QueryFieldKind KindOf(ImmutableArray<Value> values) => values.Where(v => v is not Value.Nil).ToArray() switch
    {
        [] => QueryFieldKind.Text,
        var some when Array.TrueForAll(some, v => v is Value.Integer) => QueryFieldKind.Integer,
        var some when Array.TrueForAll(some, v => v.AsNumber is not null) => QueryFieldKind.Number,
        var some when Array.TrueForAll(some, v => v is Value.Boolean) => QueryFieldKind.Boolean,
        _ => QueryFieldKind.Text,
    };

    private static QueryField Fact(string name) => TrialFields.Text(
        FactPrefix + name, "read from a machine", t => (t.Bare.Trial.Result.Facts.LastOrDefault(f => f.Name == name) ?? t.Sweep.Provenance.Facts.LastOrDefault(f => f.Name == name))?.Value);

    private static QueryField Metric(string name, string unit) => TrialFields.Number(
        MetricPrefix + name, unit, "recorded by the campaign", t => t.Bare.Trial.Result.Metrics.LastOrDefault(m => m.Name == name)?.Value);

    [GeneratedRegex(@"^p(?!0+(\.0*)?$)\d{1,2}(\.\d{1,7})?$")]
    private static partial Regex Percentile { get; }

    [GeneratedRegex(@"^p(?<whole>\d\d)(?<rest>\d+)$")]
    private static partial Regex TooPrecise { get; }
}
