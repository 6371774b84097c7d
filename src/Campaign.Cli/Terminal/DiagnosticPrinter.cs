using Campaign.Diagnostics;
using Spectre.Console;

namespace Campaign.Cli.Terminal;

/// <summary>Says what went wrong, where, and what to do next. Stack traces only when asked for.</summary>
internal sealed class DiagnosticPrinter(IAnsiConsole console, bool verbose)
{
    public void Print(CampaignException exception)
    {
        if (exception.Diagnostics.IsEmpty)
        {
            Line("red", $"error: {exception.Message}");
            Hint(exception.Hint);
        }
        else
        {
            Print(exception.Diagnostics);
        }

        if (verbose && exception.InnerException is { } inner)
        {
            Line("grey", inner.ToString());
        }
    }

    public void Print(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Line(diagnostic.Severity == DiagnosticSeverity.Error ? "red" : "yellow", diagnostic.ToString());
            Hint(diagnostic.Hint);
            if (verbose && diagnostic.Traceback is { } traceback)
            {
                Line("grey", traceback);
            }
        }
    }

    public void Print(Exception exception)
    {
        Line("red", $"internal error: {exception.Message}");
        Line("grey", verbose ? exception.ToString() : "This is a mistake in campaign itself. Run it again with --verbose and report what it prints.");
    }

    private void Hint(string? hint)
    {
        if (hint is not null)
        {
            Line("default", $"  {hint}");
        }
    }

    // Diagnostics are for editors, too: never wrapped at the width of the terminal.
    private void Line(string style, string text)
    {
        console.Profile.Out.Writer.Flush();
        console.Write(new Paragraph(text, Style.Parse(style)).Overflow(Overflow.Fold));
        console.WriteLine();
    }
}
