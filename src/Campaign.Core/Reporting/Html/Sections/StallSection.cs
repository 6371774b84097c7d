using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Analysis.Statistics;
using Campaign.Captures;
using Campaign.Units;

namespace Campaign.Reporting.Html.Sections;

/// <summary>The tail as what it is, packets that waited together: the largest stalls, and the shape of the worst packets of each cell.</summary>
internal static class StallSection
{
    private const int EventsAtMost = 20;
    private const int CellsAtMost = 100;
    private const int Enough = 500;
    private const double Second = 1e9;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        yield return new Tag("p", ("class", "lead"))
        {
            "A stall is a stretch in which packets waited one behind the other: each was sent before the one in front of it had arrived. It counts when its longest latency is farther above the median than five times p99 is. A tail of thousands of packets is often a handful of these.",
        };
        (CellAnalysis Cell, TrialAnalysis Trial, Stall Stall)[] stalls =
            [.. input.Analysis.Cells.SelectMany(c => c.Counted.SelectMany(t => t.Stalls.Select(s => (c, t, s)))).OrderByDescending(s => s.s.Longest)];
        yield return stalls.Length == 0
            ? new Tag("p") { "No trial that counts has one." }
            : Table.Of(
                $"The {Math.Min(EventsAtMost, stalls.Length)} longest of {Plural.Of(stalls.Length, "stall")}", "matrix",
                ["trial", "#begins at", "#lasts", "#longest latency", "#packets", "interrupts at that time"],
                Table.Body(stalls.Take(EventsAtMost).Select(s => Table.Row(
                    $"{input.Label.Of(s.Cell.Values)}, repeat {s.Trial.Repeat}", At(s.Trial, s.Stall), new Nanoseconds(s.Stall.End - s.Stall.Begin).ToString(),
                    new Nanoseconds(s.Stall.Longest).ToString(), Plural.Number(s.Stall.Packets), StallInterrupts.Of(input, s.Trial, s.Stall)))));
        foreach (var table in StallTable.Of(input))
        {
            yield return table;
        }

        if (!input.Analysis.Coincidences.IsEmpty)
        {
            yield return Table.Of(
                "Trials whose stalls come at the same times after their start, or equally far apart", "pairs",
                ["trials", "common times of the clearest pair, s", "the second later by, s", "by chance", "P"],
                Table.Body(input.Analysis.Coincidences.Take(EventsAtMost).Select(c => Table.Row(
                    c.TrialsText(input.Label), c.TimesText, c.Shift.ToString("0.0", CultureInfo.InvariantCulture), c.Expected.ToString("0.00", CultureInfo.InvariantCulture), c.P.ToString("0.0e-0", CultureInfo.InvariantCulture)))));
        }

        var shapes = input.Analysis.Cells.Select(c => (Cell: c, Worst: Worst(c))).Where(c => c.Worst.Length >= Enough).ToArray();
        if (shapes.Length == 0)
        {
            yield break;
        }

        yield return Table.Of(
            "Where the worst packets of each cell lie", "matrix",
            ["cell", "#worst packets", "#most lie around", "#of them within ±10 %", "widest empty stretch", "#above it"],
            Table.Body(shapes.Take(CellsAtMost).Select(c => Shape(input, c.Cell, c.Worst))));
        if (shapes.Length > CellsAtMost)
        {
            yield return new Tag("p", ("class", "note")) { $"The first {CellsAtMost} of {shapes.Length} cells." };
        }
    }

    private static ImmutableArray<long> Worst(CellAnalysis cell) => [.. cell.Counted.SelectMany(t => t.Evaluation!.Worst).Select(w => w.Latency).Where(l => l > 0)];

    private static string At(TrialAnalysis trial, Stall stall) =>
        ((stall.Begin - trial.Evaluation!.Pre.FirstTimestamp) / Second).ToString("0.000 s", CultureInfo.InvariantCulture);

    private static Tag Shape(ReportInput input, CellAnalysis cell, ImmutableArray<long> worst)
    {
        var shape = ModesAndGaps.Of(worst);
        return Table.Row(
            input.Label.Of(cell.Values), Plural.Number(worst.Length), new Nanoseconds((long)shape.Mode).ToString(), shape.Share.ToString("0 %", CultureInfo.InvariantCulture),
            shape.Gap is { } gap ? $"{new Nanoseconds(gap.From)} to {new Nanoseconds(gap.To)}" : "none", shape.Gap is null ? "–" : Plural.Number(shape.Above));
    }
}
