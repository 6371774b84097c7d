using System.CommandLine;
using Campaign.Analysis;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Reporting;
using Campaign.Reporting.Texts;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>compare</c>: two sweeps, or two choices of cells, held against each other.</summary>
internal static class CompareCommand
{
    private const string Text = "text";
    private const string Html = "html";

    public static Command Create(Session session)
    {
        var baseline = Side("BASELINE", "What the other is held against: a sweep, or some of its cells as SWEEP:FILTER with a filter as for --only.");
        var other = Side("OTHER", "The other side; the same forms.");
        var names = new Option<string?>("--as") { Description = "What the sides are called: 'before,after'.", HelpName = "A,B" };
        var rules = new Option<string[]>("--rule") { Description = "A gate on the two, with the axis side; may be repeated. Exit code 5 when it fails.", HelpName = "RULE" };
        var inconclusive = GateCommand.Inconclusive();
        var format = new Option<string>("--format", "-f") { Description = "text for people, html for the whole report of both, or md, csv, json, latex.", HelpName = "FORM", DefaultValueFactory = _ => Text };
        format.AcceptOnlyFromAmong([Text, Html, .. ReportText.Names]);
        var output = new Option<string?>("--output", "-o") { Description = "File to write; html goes to compare.html by default, all else to standard output.", HelpName = "FILE" };
        var results = ResultsOptions.Folder();
        var command = new Command("compare", "Holds two sweeps, or two choices of cells, against each other, everything else equal.") { baseline, other, names, rules, inconclusive, format, output, results };
        Help.Extend(command, Help.Examples(
            "campaign compare 3f9a12 latest", "campaign compare base:kernel=nohz base:kernel=rt --format html", "campaign compare itc35:platform=container,kernel=rt base:kernel=rt",
            "campaign compare main latest --as main,pr --rule 'compare side pr vs main : p99.9 no-worse-than +5% at 95%'"));
        command.SetAction(parsed =>
        {
            var folder = ResultsOptions.At(parsed.GetValue(results));
            var sides = Sides(folder, parsed.GetValue(baseline)!, parsed.GetValue(other)!, parsed.GetValue(names));
            var (stored, analysis) = CampaignRunner.Compare(folder, sides[0], sides[1]);
            analysis = analysis with { Gates = Analyst.Judge(stored, string.Join('\n', parsed.GetValue(rules) ?? []), "--rule") };
            Write(session, stored, analysis, parsed.GetValue(format)!, parsed.GetValue(output));
            return (int)Gates.Code(analysis.Gates, parsed.GetValue(inconclusive) == "fail");
        });
        return command;
    }

    private static Argument<string> Side(string name, string description) => new(name) { Description = description };

    private static (string Sweep, string Filter, string Name)[] Sides(ResultsFolder folder, string baseline, string other, string? names)
    {
        using var reader = ResultsReader.Open(folder);
        var typed = new[] { baseline, other }.Select(t => t.Split(':', 2)).ToArray();
        var sweeps = typed.Select(t => reader.Find(t[0]).Sweep).ToArray();
        var called = names?.Split(',', StringSplitOptions.TrimEntries);
        if (called is not null && (called.Length != 2 || called[0] == called[1] || called.Contains("")))
        {
            throw new CampaignException($"'{names}' are no two names.", ExitCode.Usage, "Write two different ones: --as before,after");
        }

        var filters = typed.Select(t => t.Length > 1 ? t[1] : "").ToArray();
        var own = Own(filters);
        return
        [
            .. typed.Select((t, i) =>
            {
                var filter = filters[i];
                var name = sweeps[0].Campaign != sweeps[1].Campaign ? sweeps[i].Campaign : sweeps[0].Id != sweeps[1].Id ? sweeps[i].Id : "";
                return (sweeps[i].Id, filter, called?[i] ?? $"{name}{(name.Length > 0 && own[i].Length > 0 ? ":" : "")}{own[i]}");
            }),
        ];
    }

    // The conditions that only one of the sides has: what both have tells them apart from nothing.
    private static string[] Own(string[] filters)
    {
        var conditions = filters.Select(f => f.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var own = conditions.Select((c, i) => string.Join(',', c.Except(conditions[1 - i]))).ToArray();
        return own[0] == own[1] ? filters : own;
    }

    private static void Write(Session session, StoredSweep stored, SweepAnalysis analysis, string form, string? output)
    {
        var text = form switch
        {
            Text => CompareText.Of(stored.Sweep, analysis),
            Html => Reporter.Page(stored, analysis),
            _ => ReportText.Of(form, stored.Sweep, analysis),
        };
        if (output is null && form != Html)
        {
            session.Write(text);
            return;
        }

        var file = Path.GetFullPath(output ?? "compare.html");
        ReportFile.Write(file, text);
        session.Write(file + "\n");
    }
}
