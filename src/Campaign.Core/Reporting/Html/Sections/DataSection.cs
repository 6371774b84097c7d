namespace Campaign.Reporting.Html.Sections;

/// <summary>Where the numbers lie for other programs, and what each of their names means.</summary>
internal static class DataSection
{
    public static IEnumerable<Markup> Of(ReportInput input)
    {
        yield return input.IsAlone
            ? new Tag("p") { "This page stands alone: the files of its trials lie with the sweeps that it compares. Each figure comes as SVG and as CSV from its own buttons." }
            : new Tag("p")
            {
                new Tag("a", ("href", "./" + Reporter.Summary)) { Reporter.Summary }, " has a row for each planned trial, ", new Tag("a", ("href", "./" + Reporter.Results)) { Reporter.Results },
                " findings, gates, cells and contrasts. In each trial's folder lie latency.hgrm (percentiles) and latency.hlog (a histogram for each second), for HdrHistogram's programs, worst.csv (the largest latencies with both times), and captures, logs and rendered files as the campaign keeps them. ‘campaign query’ answers questions over trials and writes Parquet.",
            };
        yield return new Tag("details")
        {
            new Tag("summary") { $"Columns of {Reporter.Summary}" },
            Table.Pairs($"Columns of {Reporter.Summary}", "column", "meaning",
            [
                ("trial", "the trial's id; its folder ends with it"),
                .. input.Sweep.Axes.Select(a => (SummaryCsv.OfAxis(a.Name), $"level of the axis{(a.Unit.Length > 0 ? ", " + a.Unit : "")}")),
                ("repeat", "which repetition of the cell, from 1"), ("block", "trials that were randomised together, from 0"), ("boot_state", "trials with the same one share a boot"),
                .. SummaryCsv.Columns.Select(c => (c.Name, c.Meaning)),
                .. input.Analysis.Trials.SelectMany(t => t.Trial.Result.Metrics).DistinctBy(m => m.Name).Select(m => (SummaryCsv.OfMetric(input.Sweep, m.Name), $"recorded by the campaign{(m.Unit.Length > 0 ? ", " + m.Unit : "")}")),
            ]),
        };
    }
}
