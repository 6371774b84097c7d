using System.Text;
using System.Text.Json;
using Campaign.Analysis;
using Campaign.Definition;
using Campaign.Storage;

namespace Campaign.Reporting.Texts;

/// <summary>Findings, gates, cells and contrasts as JSON. Latencies in nanoseconds; what is not known is null; names stay, <c>format</c> counts changes of their meaning.</summary>
internal static class JsonReport
{
    private const int Format = 1;

    public static string Of(SweepRecord sweep, SweepAnalysis analysis)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("sweep", sweep.Id);
            json.WriteString("campaign", sweep.Campaign);
            json.WriteString("title", sweep.Title);
            json.WriteString("question", sweep.Question);
            json.WriteString("testbed", sweep.Testbed);
            json.WriteBoolean("simulated", sweep.Simulated);
            Each(json, "findings", analysis.Findings, finding =>
            {
                json.WriteString("kind", finding.Kind.ToString().ToLowerInvariant());
                json.WriteString("text", finding.Text);
            });
            Each(json, "gates", analysis.Gates, gate =>
            {
                json.WriteString("rule", gate.Rule);
                json.WriteString("verdict", gate.Word);
                json.WriteString("why", gate.Why);
            });
            Each(json, "cells", analysis.Cells, cell => Cell(json, cell));
            Each(json, "contrasts", analysis.Contrasts, contrast => Contrast(json, contrast));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Cell(Utf8JsonWriter json, CellAnalysis cell)
    {
        Values(json, "values", cell.Values);
        json.WriteNumber("planned", cell.Planned);
        json.WriteNumber("counted", cell.Counted.Length);
        json.WriteStartObject("latency_ns");
        foreach (var figure in cell.Figures)
        {
            json.WritePropertyName(figure.Measure.Name);
            if (figure.Spread is not { } spread)
            {
                json.WriteNullValue();
                continue;
            }

            json.WriteStartObject();
            json.WriteNumber("median", spread.Median);
            json.WriteNumber("low", spread.Low);
            json.WriteNumber("high", spread.High);
            json.WriteNumber("repeats", spread.Repeats);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        Each(json, "recorded", cell.Metrics, metric =>
        {
            json.WriteString("name", metric.Name);
            json.WriteString("unit", metric.Unit);
            json.WriteNumber("median", metric.Spread.Median);
            json.WriteNumber("low", metric.Spread.Low);
            json.WriteNumber("high", metric.Spread.High);
        });
        Each(json, "trials", cell.Trials, trial =>
        {
            json.WriteString("id", trial.Id);
            json.WriteNumber("repeat", trial.Repeat);
            json.WriteString("state", trial.State.ToString().ToLowerInvariant());
        });
    }

    private static void Contrast(Utf8JsonWriter json, Contrast contrast)
    {
        json.WriteString("axis", contrast.Axis);
        json.WriteString("level", contrast.Level.ToString());
        json.WriteString("baseline", contrast.Baseline.ToString());
        Values(json, "within", contrast.Within);
        json.WriteNumber("trials", contrast.Trials);
        json.WriteNumber("trials_bound_by_the_machine_underneath", contrast.Bound);
        Each(json, "effects", contrast.Effects.OfType<LevelEffect>(), effect =>
        {
            json.WriteString("measure", effect.Measure.Name);
            json.WriteNumber("ratio", effect.Ratio.Ratio);
            Number(json, "low_95", effect.Interval?.Low);
            Number(json, "high_95", effect.Interval?.High);
            Number(json, "low_90", effect.Narrow?.Low);
            Number(json, "high_90", effect.Narrow?.High);
            Number(json, "p", effect.Ratio.P);
            Number(json, "p_adjusted", effect.Adjusted);
            json.WriteNumber("cells", effect.Ratio.Differences.Length);
            json.WriteString("verdict", effect.IsDifferent ? (effect.IsEquivalent ? "different within 5 %" : "different") : effect.IsEquivalent ? "equivalent" : effect.Interval is null ? "single run" : "not resolved");
        });
    }

    private static void Values(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, Value>> values)
    {
        json.WriteStartObject(name);
        foreach (var (axis, value) in values)
        {
            json.WriteString(axis, value.ToString());
        }

        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Each<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
