using Campaign.Analysis;
using Campaign.Storage;

namespace Campaign.Reporting.Texts;

/// <summary>A report as text for other programs, by the name of its form.</summary>
internal static class ReportText
{
    /// <summary>Forms and what makes them.</summary>
    private static readonly Dictionary<string, Func<SweepRecord, SweepAnalysis, string>> Forms = new()
    {
        ["md"] = MarkdownReport.Of,
        ["csv"] = SummaryCsv.Of,
        ["json"] = JsonReport.Of,
        ["latex"] = LatexReport.Of,
    };

    /// <summary>Names of the forms.</summary>
    public static IReadOnlyCollection<string> Names => Forms.Keys;

    /// <param name="form">One of <see cref="Names"/>.</param>
    /// <param name="sweep">What was intended.</param>
    /// <param name="analysis">What was found.</param>
    public static string Of(string form, SweepRecord sweep, SweepAnalysis analysis) => Forms[form](sweep, analysis);
}
