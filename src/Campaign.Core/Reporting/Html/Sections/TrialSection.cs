using System.Globalization;
using Campaign.Analysis;
using Campaign.Conducting;
using Campaign.Importing;
using Campaign.Units;

namespace Campaign.Reporting.Html.Sections;

/// <summary>Every trial: its figures, its files, its evidence.</summary>
internal static class TrialSection
{
    private const int FilesAtMost = 40;

    public static IEnumerable<Markup> Of(ReportInput input) =>
    [
        input.IsAlone ? new Tag("p", ("class", "lead")) { "Every trial of both sides; their files lie with their sweeps." } : new Tag("p", ("class", "lead"))
        {
            "One row for each planned trial, with more figures, is in ", new Tag("a", ("href", "./" + Reporter.Summary)) { Reporter.Summary }, ".",
        },
        .. input.IsLarge ? TrialTable.Of(input) : input.Analysis.Cells.Where(c => !c.Trials.IsEmpty).Select(c => Cell(input, c)),
    ];

    private static Tag Cell(ReportInput input, CellAnalysis cell) =>
        new("details", ("class", "cell"), CellData.Of(input, cell.Values))
        {
            new Tag("summary") { input.Label.Of(cell.Values), " ", new Tag("span", ("class", "states")) { StateWords.Of(cell) } },
            Figures(cell),
            cell.Trials.Select(t => Trial(input, t)),
        };

    private static Tag Figures(CellAnalysis cell)
    {
        var format = new MicrosecondFormat(cell.Trials.SelectMany(t => t.Figures).OfType<double>());
        return Table.Of(
            "Repeats, latencies in µs", "matrix", ["repeat", "state", "#packets", .. Measure.All.Select(m => "#" + m.Name)],
            Table.Body(cell.Trials.Select(t => new Tag("tr", ("class", t.Records ? null : "uncounted"))
            {
                Table.RowHeader(t.Repeat.ToString(CultureInfo.InvariantCulture)),
                new Tag("td", ("class", "states is-" + StateWords.Of(t.State))) { StateWords.Of(t.State) },
                new Tag("td") { Plural.Number(t.Evaluation?.Latencies.Count ?? 0) },
                t.Figures.Select(f => new Tag("td") { f is { } value ? format[value] : "–" }),
            })));
    }

    private static Tag Trial(ReportInput input, TrialAnalysis trial)
    {
        var result = trial.Trial.Result;
        return new Tag("details", ("id", "t" + trial.Id))
        {
            new Tag("summary") { $"Repeat {trial.Repeat}, trial {trial.Id}: {StateWords.Of(trial.State)}" },
            result.Reasons.Select(r => new Tag("p") { r }),
            new Tag("p")
            {
                input.Sweep.Imported is null
                    ? $"Begun {Times.Of(result.Started)}, took {HumanDuration.Format(result.Took)}; place {trial.Position + 1} of the sweep, block {trial.Trial.Header.Block + 1}, boot state {trial.Trial.Header.BootState}. {string.Join(", ", result.Steps.Select(s => $"{s.Step} {HumanDuration.Format(s.Took)}"))}."
                    : $"Imported as place {trial.Position + 1} of the sweep{string.Concat(result.Facts.Where(f => f.Name == ImportFacts.Set).Select(f => $", from {f.Value}"))}.",
            },
            Generator(trial),
            Within(input, trial),
            result.Metrics.IsEmpty ? null : Table.Pairs(input.RecordedTitle, "metric", "value", result.Metrics.Select(m => (m.Name, string.Create(CultureInfo.InvariantCulture, $"{m.Value} {m.Unit}")))),
            Files(input, trial),
            Evidence(trial),
        };
    }

    private static Tag? Within(ReportInput input, TrialAnalysis trial)
    {
        var within = input.Analysis.Within.Value.GetValueOrDefault(trial.Id, []);
        if (within.IsEmpty)
        {
            return null;
        }

        var format = new MicrosecondFormat(within.Select(w => w.Value));
        return Table.Of(
            "Within this run, in µs: 95 % intervals", "matrix",
            ["figure", "#value", "#if packets were independent", $"#by stretches of {within[0].Block} s"],
            Table.Body(within.Select(w => Table.Row(
                w.Measure.Name, format[w.Value], $"{format[w.Independent.Low]}–{(double.IsInfinity(w.Independent.High) ? "∞" : format[w.Independent.High])}",
                $"{format[w.Blocks.Low]}–{format[w.Blocks.High]}"))));
    }

    private static Tag? Generator(TrialAnalysis trial) => trial.Measurement is not { Asked.Rate: > 0 } m ? null : new Tag("p")
    {
        !m.Knows(Unknown.Counts) ? $"Asked for {new PacketRate(m.Asked.Rate)}; how many packets were sent is not known." : string.Create(
            CultureInfo.InvariantCulture,
            $"Asked for {new PacketRate(m.Asked.Rate)} of {m.Asked.Size}-byte frames for {HumanDuration.Format(m.Asked.Duration)} in {Plural.Of(m.Asked.Flows, "flow")}. The generator sent {Plural.Number(m.Outcome.Sent)} of {Plural.Number(m.Outcome.Intended)}, {Plural.Number(m.Outcome.Late)} of them late, at worst by {new Nanoseconds(m.Outcome.WorstLateness)}; the timestamper dropped {Plural.Number(m.Outcome.TapDrops)}."),
    };

    private static Tag? Files(ReportInput input, TrialAnalysis trial)
    {
        var files = input.Files.GetValueOrDefault(trial.Id, []);
        var prefix = ReportInput.FolderOf(input.Sweep, trial) + "/";
        return files.IsEmpty ? null : new Tag("ul", ("class", "files"))
        {
            files.Take(FilesAtMost).Select(f => new Tag("li") { new Tag("a", ("href", HtmlText.RelativeAddress(f))) { f.StartsWith(prefix, StringComparison.Ordinal) ? f[prefix.Length..] : f } }),
            files.Length > FilesAtMost ? new Tag("li") { $"all {files.Length} in ", new Tag("a", ("href", HtmlText.RelativeAddress(prefix))) { prefix } } : null,
        };
    }

    private static Tag Evidence(TrialAnalysis trial)
    {
        var attestation = trial.Trial.Result.Attestation;
        var held = attestation.Claims.Count(c => c.Holds);
        return attestation.Claims.IsEmpty ? new Tag("p") { "Nothing was read back from the testbed." }
            : new Tag("details") { new Tag("summary") { $"Attestation: {held} of {attestation.Claims.Length} claims hold" }, AttestationSection.Claims(trial) };
    }
}
