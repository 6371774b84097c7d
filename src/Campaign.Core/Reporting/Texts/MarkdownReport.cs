using System.Globalization;
using System.Text;
using Campaign.Analysis;
using Campaign.Storage;

namespace Campaign.Reporting.Texts;

/// <summary>Findings, gates and cells in GitHub's Markdown, for a comment on a pull request or the summary of a CI job.</summary>
internal static class MarkdownReport
{
    private const string Special = "\\`*_[]<>|~&$";
    private const int RecordedAtMost = 6;
    private const string SpecialInFront = "#+-";

    public static string Of(SweepRecord sweep, SweepAnalysis analysis)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {Escape(sweep.Title)}\n\n");
        var origin = Origin.Of(sweep);
        text.Append($"**{Escape(origin.What)}** {Escape(origin.Caution)}".TrimEnd()).Append("\n\n");
        if (sweep.Question.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Escape(sweep.Question)}\n\n");
        }

        foreach (var finding in analysis.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {(finding.Kind is FindingKind.Result ? "" : $"**{finding.Kind}:** ")}{Escape(finding.Text)}\n");
        }

        if (!analysis.Gates.IsEmpty)
        {
            Table(text, ["gate", "verdict", "why"], analysis.Gates.Select(g => new[] { g.Rule, g.Word, g.Why }));
        }

        if (analysis.Cells.All(c => c.Counted.IsEmpty) && analysis.Cells.Any(c => !c.Metrics.IsEmpty))
        {
            Recorded(text, sweep, analysis);
        }
        else
        {
            Latencies(text, sweep, analysis);
        }

        return text.Append(CultureInfo.InvariantCulture, $"\nSweep {Escape(sweep.Campaign)}/{Escape(sweep.Id)} on {Escape(sweep.TestbedTitle)}.\n").ToString();
    }

    // Without latencies, what was recorded is all there is.
    private static void Recorded(StringBuilder text, SweepRecord sweep, SweepAnalysis analysis)
    {
        var label = new ValueLabel(sweep.Axes);
        string[] names = [.. analysis.Cells.SelectMany(c => c.Metrics).Select(m => m.Name).Distinct().Take(RecordedAtMost)];
        text.Append("\nRecorded: median of the repeats.\n");
        Table(
            text, [.. sweep.Axes.Select(a => a.Name), .. names],
            analysis.Cells.Select(c => sweep.Axes.Select(a => c.ValueOf(a.Name) is { } value ? label.Of(a.Name, value) : "")
                .Concat(names.Select(n => c.Metrics.FirstOrDefault(m => m.Name == n) is { } metric ? string.Create(CultureInfo.InvariantCulture, $"{metric.Spread.Median:0.####} {metric.Unit}") : "–"))));
    }

    private static void Latencies(StringBuilder text, SweepRecord sweep, SweepAnalysis analysis)
    {
        var label = new ValueLabel(sweep.Axes);
        var format = new MicrosecondFormat(analysis.Trials.SelectMany(t => t.Figures).OfType<double>());
        text.Append("\nLatency in µs: median of the repeats (smallest–largest).\n");
        Table(
            text, [.. sweep.Axes.Select(a => a.Name), "trials", .. Measure.All.Select(m => m.Name)],
            analysis.Cells.Select(c => new[]
            {
                sweep.Axes.Select(a => c.ValueOf(a.Name) is { } value ? label.Of(a.Name, value) : ""),
                [$"{c.Counted.Length} of {c.Planned}"],
                c.Figures.Select(f => Figure(f, format)),
            }.SelectMany(part => part)));
    }

    private static string Figure(Figure figure, MicrosecondFormat format) => figure.Spread switch
    {
        null => "–",
        { Repeats: 1 } spread => format[spread.Median],
        var spread => $"{format[spread.Median]} ({format[spread.Low]}–{format[spread.High]})",
    };

    private static void Table(StringBuilder text, IReadOnlyCollection<string> headers, IEnumerable<IEnumerable<string>> rows)
    {
        text.Append('\n');
        Row(text, headers.Select(Escape));
        Row(text, headers.Select(_ => "---"));
        foreach (var row in rows)
        {
            Row(text, row.Select(Escape));
        }
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>The one place where text becomes Markdown: it stands for itself, on one line.</summary>
    private static string Escape(string plain)
    {
        var text = new StringBuilder();
        foreach (var character in plain)
        {
            var special = Special.Contains(character, StringComparison.Ordinal) || (text.Length == 0 && SpecialInFront.Contains(character, StringComparison.Ordinal));
            text.Append(special ? "\\" : "").Append(char.IsControl(character) ? ' ' : character);
        }

        return text.ToString();
    }
}
