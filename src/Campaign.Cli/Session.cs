using System.CommandLine;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Spectre.Console;

namespace Campaign.Cli;

/// <summary>What every verb has: the terminal, the clock, the project's folders, the signals.</summary>
internal sealed class Session : IDisposable
{
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Say more; with an error, how it was reached.", Recursive = true };

    private readonly Option<string> _color = new("--color")
    {
        Description = "Colours: auto, always or never.",
        Recursive = true,
        DefaultValueFactory = _ => "auto",
        HelpName = "WHEN",
    };

    public Session(TimeProvider time)
    {
        Time = time;
        _color.AcceptOnlyFromAmong("auto", "always", "never");
        (Out, Error) = Consoles("auto");
        Signals = new Signals(text => Error.MarkupLineInterpolated($"[yellow]{text}[/]"));
    }

    public TimeProvider Time { get; }

    /// <summary>Data.</summary>
    public IAnsiConsole Out { get; private set; }

    /// <summary>Everything else.</summary>
    public IAnsiConsole Error { get; private set; }

    public Signals Signals { get; }

    public bool Verbose { get; private set; }

    public IEnumerable<Option> GlobalOptions => [_verbose, _color];

    /// <summary>Settles what the global options say.</summary>
    public void Apply(ParseResult parsed)
    {
        Verbose = parsed.GetResult(_verbose) is { Errors: var e } && !e.Any() && parsed.GetValue(_verbose);
        (Out, Error) = Consoles(parsed.GetResult(_color)?.Errors.Any() == true ? "auto" : parsed.GetValue(_color) ?? "auto");
    }

    /// <summary>A line for people, without markup.</summary>
    public void Say(string text) => Error.WriteLine(text);

    /// <summary>Writes data as it is, without markup or wrapping.</summary>
    public void Write(string text) => Out.Profile.Out.Writer.Write(text);

    public void Print(CampaignException exception) => new DiagnosticPrinter(Error, Verbose).Print(exception);

    public void Print(Exception exception) => new DiagnosticPrinter(Error, Verbose).Print(exception);

    public void Print(IEnumerable<Diagnostic> diagnostics) => new DiagnosticPrinter(Error, Verbose).Print(diagnostics);

    public void Dispose() => Signals.Dispose();

    // --color beats NO_COLOR, which beats what the terminal can do.
    private static (IAnsiConsole Out, IAnsiConsole Error) Consoles(string color)
    {
        var colors = color switch
        {
            "always" => (Ansi: AnsiSupport.Yes, Colors: ColorSystemSupport.Standard),
            "never" => (Ansi: AnsiSupport.No, Colors: ColorSystemSupport.NoColors),
            _ when Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } => (Ansi: AnsiSupport.Detect, Colors: ColorSystemSupport.NoColors),
            _ => (Ansi: AnsiSupport.Detect, Colors: ColorSystemSupport.Detect),
        };
        IAnsiConsole On(TextWriter writer)
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = colors.Ansi,
                ColorSystem = colors.Colors,
                Out = new AnsiConsoleOutput(writer),
            });

            // Lines for a file or another program are not wrapped.
            console.Profile.Width = console.Profile.Out.IsTerminal ? console.Profile.Width : int.MaxValue / 2;
            return console;
        }

        return (On(Console.Out), On(Console.Error));
    }
}
