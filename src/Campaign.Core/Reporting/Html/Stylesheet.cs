namespace Campaign.Reporting.Html;

/// <summary>The report's style sheet, <c>report.css</c> beside this file.</summary>
internal static class Stylesheet
{
    public static string Text { get; } = Resource.Read("report.css");
}
