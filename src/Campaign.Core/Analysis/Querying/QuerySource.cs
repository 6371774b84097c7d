using Campaign.Diagnostics;

namespace Campaign.Analysis.Querying;

/// <summary>A part of a query as it was typed, and where its mistakes go, so that those of all parts are reported together.</summary>
/// <param name="Name">What people call it: <c>EXPRESSION</c>, <c>--columns</c>.</param>
/// <param name="Text">As typed.</param>
/// <param name="Mistakes">Collects.</param>
internal sealed record QuerySource(string Name, string Text, DiagnosticBag Mistakes)
{
    /// <summary>Reports a mistake; below it stands the text with the place marked.</summary>
    /// <param name="token">The place.</param>
    /// <param name="message">What is wrong, as a whole sentence.</param>
    /// <param name="hint">What to do; null when the message says it.</param>
    public void Error(QueryToken token, string message, string? hint = null)
    {
        var line = string.Concat(Text.Select(c => char.IsControl(c) ? ' ' : c));
        var mark = new string(' ', token.Start) + new string('^', Math.Max(1, token.Length));
        Mistakes.Error(new SourceSpan(Name, 1, token.Start + 1), message, $"{line}\n  {mark}{(hint is null ? "" : $"\n  {hint}")}");
    }
}
