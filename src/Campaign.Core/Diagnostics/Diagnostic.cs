namespace Campaign.Diagnostics;

/// <summary>A mistake in, or a remark on, something that a person wrote.</summary>
/// <param name="Severity">Errors stop the run; warnings are printed.</param>
/// <param name="Where">The place; null when there is none.</param>
/// <param name="Message">What is wrong, as a whole sentence.</param>
/// <param name="Hint">What to do next; null when the message says it.</param>
internal sealed record Diagnostic(DiagnosticSeverity Severity, SourceSpan? Where, string Message, string? Hint = null)
{
    /// <summary>The engine's own trace of how the place was reached, for <c>--verbose</c>.</summary>
    public string? Traceback { get; init; }

    /// <summary><c>file(line,col): error: message</c></summary>
    public override string ToString() =>
        $"{(Where is { } where ? $"{where}: " : "")}{(Severity == DiagnosticSeverity.Error ? "error" : "warning")}: {Message}";
}

/// <summary>How bad a <see cref="Diagnostic"/> is.</summary>
internal enum DiagnosticSeverity
{
    Warning,
    Error,
}
