using System.Globalization;
using Campaign.Analysis;

namespace Campaign.Reporting.Html.Sections;

/// <summary>All trials of a large sweep in one table, so that the report stays small enough to open.</summary>
internal static class TrialTable
{
    public static IEnumerable<Markup> Of(ReportInput input)
    {
        var format = new MicrosecondFormat(input.Analysis.Trials.SelectMany(t => t.Figures).OfType<double>());
        yield return new Tag("p", ("class", "note"))
        {
            "So many trials are shown in short. What else is known of each is in its folder, in summary.csv and in the database; trials that did not end ok are listed with their reasons above.",
        };
        yield return new Tag("details")
        {
            new Tag("summary") { $"All {input.Stored.Trials.Length} trials" },
            Table.Of(
                "Trials by cell, latencies in µs", "matrix", ["trial", "repeat", "state", "#packets", .. Measure.All.Select(m => "#" + m.Name), "files"],
                input.Analysis.Cells.Where(c => !c.Trials.IsEmpty).Select(c => Cell(input, c, format))),
        };
    }

    private static Tag Cell(ReportInput input, CellAnalysis cell, MicrosecondFormat format) =>
        new("tbody", CellData.Of(input, cell.Values))
        {
            new Tag("tr", ("class", "group"))
            {
                new Tag("th", ("scope", "rowgroup"), ("colspan", (Measure.All.Length + 5).ToString(CultureInfo.InvariantCulture))) { input.Label.Of(cell.Values) },
            },
            cell.Trials.Select(t => new Tag("tr", ("id", "t" + t.Id), ("class", t.Records ? null : "uncounted"))
            {
                Table.RowHeader(t.Id),
                new Tag("td") { t.Repeat.ToString(CultureInfo.InvariantCulture) },
                new Tag("td", ("class", "is-" + StateWords.Of(t.State))) { StateWords.Of(t.State) },
                new Tag("td") { Plural.Number(t.Evaluation?.Latencies.Count ?? 0) },
                t.Figures.Select(f => new Tag("td") { f is { } value ? format[value] : "–" }),
                new Tag("td") { input.IsAlone ? null : new Tag("a", ("href", HtmlText.RelativeAddress(ReportInput.FolderOf(input.Sweep, t) + "/"))) { "folder" } },
            }),
        };
}
