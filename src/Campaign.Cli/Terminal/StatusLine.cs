using Spectre.Console;

namespace Campaign.Cli.Terminal;

/// <summary>
/// One line at the bottom of a terminal that says what is going on, refreshed every second; other lines scroll above it. On
/// anything but a terminal it does not appear.
/// </summary>
internal sealed class StatusLine : IDisposable
{
    private readonly IAnsiConsole _console;
    private readonly Lock _lock = new();
    private readonly ITimer? _timer;
    private Func<string> _text = () => "";

    public StatusLine(IAnsiConsole console, TimeProvider time)
    {
        _console = console;
        if (console.Profile.Capabilities.Ansi && console.Profile.Out.IsTerminal)
        {
            _timer = time.CreateTimer(_ => Draw(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Changes what the line says; the text is asked for at every refresh.</summary>
    public void Say(Func<string> text)
    {
        lock (_lock)
        {
            _text = text;
        }

        Draw();
    }

    /// <summary>Prints a line that stays.</summary>
    /// <param name="markup">Spectre markup.</param>
    public void Print(string markup)
    {
        lock (_lock)
        {
            Clear();
            _console.MarkupLine(markup);
        }

        Draw();
    }

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            Clear();
        }
    }

    private void Draw()
    {
        if (_timer is null)
        {
            return;
        }

        lock (_lock)
        {
            var text = _text();
            var width = Math.Max(20, _console.Profile.Width - 1);
            Raw($"\r\e[K\e[2m{(text.Length > width ? text[..width] : text)}\e[0m");
        }
    }

    private void Clear()
    {
        if (_timer is not null)
        {
            Raw("\r\e[K");
        }
    }

    private void Raw(string text)
    {
        _console.Profile.Out.Writer.Write(text);
        _console.Profile.Out.Writer.Flush();
    }
}
