using System.Globalization;
using Campaign.Analysis;
using Campaign.Importing;
using Campaign.Testbeds.Wire;

namespace Campaign.Reporting.Html.Sections;

/// <summary>Interrupts while packets were sent, and which of them come with stalls.</summary>
internal static class InterruptSection
{
    private const int CellsAtMost = 24;
    private const int TrialsAtMost = 30;
    private const double Second = 1e9;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        var cells = input.Analysis.Cells.Select(c => (Cell: c, Recorded: c.Counted.Where(t => input.Analysis.Interrupts.ContainsKey(t.Id)).ToArray()))
            .Where(c => c.Recorded.Length > 0).ToArray();
        if (cells.Length == 0)
        {
            yield return new Tag("p") { "No trial that counts recorded interrupts. A campaign that does makes its recorder an axis, so that the report can say what recording itself does." };
            yield break;
        }

        yield return new Tag("p", ("class", "lead"))
        {
            "What the recorders counted, each second on each CPU, over the repeats of a cell that recorded. A stall that comes in the same interval as an interrupt coincides with it; that one causes the other is not said. What recording itself does is the effect of its axis, above.",
        };
        foreach (var (cell, recorded) in cells.Take(CellsAtMost))
        {
            yield return Rates(input, cell, [.. recorded.Select(t => input.Analysis.Interrupts[t.Id])]);
        }

        if (cells.Length > CellsAtMost)
        {
            yield return new Tag("p", ("class", "note")) { $"{CellsAtMost} of {cells.Length} cells with recordings; the recordings of all lie beside their trials." };
        }

        var stalled = cells.SelectMany(c => c.Recorded.Select(t => (c.Cell, Trial: t))).Where(t => !t.Trial.LargeStalls.IsEmpty).ToArray();
        if (stalled.Length > 0)
        {
            yield return new Tag("h3") { "Stalls and interrupts" };
            yield return new Tag("ul") { stalled.Take(TrialsAtMost).Select(t => Coincidences(input, t.Cell, t.Trial)) };
        }
    }

    private static Tag Rates(ReportInput input, CellAnalysis cell, InterruptRecording[] recordings)
    {
        var series = recordings.SelectMany(r => r.Series.Select(s => (s.Vector, s.Description, s.Cpu, Rate: s.Counts.Sum() / Math.Max(1e-9, Length(r))))).ToArray();
        int[] cpus = [.. series.Select(s => s.Cpu).Distinct().Order()];
        var rows = series.GroupBy(s => (s.Vector, s.Description)).OrderByDescending(g => g.Sum(s => s.Rate)).Select(g => Table.Row(
            g.Key.Description.Length > 0 ? $"{g.Key.Vector} {g.Key.Description}" : g.Key.Vector,
            cpus.Select(cpu => g.Where(s => s.Cpu == cpu).ToArray() is { Length: > 0 } on ? (on.Sum(s => s.Rate) / recordings.Length).ToString("0.##", CultureInfo.InvariantCulture) : "")));
        return new Tag("details", ("class", "cell"), CellData.Of(input, cell.Values))
        {
            new Tag("summary") { input.Label.Of(cell.Values), new Tag("span", ("class", "states")) { $" · {Plural.Of(recordings.Length, "recording")}" } },
            Table.Of("Interrupts, softirqs and context switches each second on each CPU", "matrix", ["interrupt, softirq or switch", .. cpus.Select(c => c == KernelCounters.AllCpus ? "#all CPUs" : $"#CPU {c}")], Table.Body(rows)),
        };
    }

    // The first interval begins where the recorder did, which is not stored: all are about equally long.
    private static double Length(InterruptRecording recording) => recording.Ends.Length < 2
        ? recording.Ends.Length
        : (recording.Ends[^1] - recording.Ends[0]) / Second * recording.Ends.Length / (recording.Ends.Length - 1);

    private static Tag Coincidences(ReportInput input, CellAnalysis cell, TrialAnalysis trial) => new("li")
    {
        new Tag("b") { $"{input.Label.Of(cell.Values)}, repeat {trial.Repeat}: " },
        string.Join(' ', StallAttribution.Describe(trial, input.Analysis.Interrupts[trial.Id])),
    };
}
