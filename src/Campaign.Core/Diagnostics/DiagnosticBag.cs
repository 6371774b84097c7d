using System.Collections.Immutable;

namespace Campaign.Diagnostics;

/// <summary>Collects diagnostics, so that all mistakes in a file are reported together.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>Everything so far, in the order of file and line.</summary>
    public ImmutableArray<Diagnostic> All =>
        [.. _diagnostics.OrderBy(d => d.Where?.File, StringComparer.Ordinal).ThenBy(d => d.Where?.Line).ThenBy(d => d.Where?.Column)];

    public bool HasErrors => _diagnostics.Exists(d => d.Severity == DiagnosticSeverity.Error);

    public void Add(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    public void Error(SourceSpan? where, string message, string? hint = null) =>
        Add(new Diagnostic(DiagnosticSeverity.Error, where, message, hint));

    public void Warning(SourceSpan? where, string message, string? hint = null) =>
        Add(new Diagnostic(DiagnosticSeverity.Warning, where, message, hint));

    /// <summary>Throws one <see cref="CampaignException"/> that contains everything, when there is an error.</summary>
    public void ThrowIfErrors()
    {
        if (HasErrors)
        {
            throw new CampaignException(All);
        }
    }
}
