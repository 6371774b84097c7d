namespace Campaign.Reporting.Html;

/// <summary>The report's style sheet, <c>report.css</c> beside this file.</summary>
internal static class Stylesheet
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var resource = typeof(Stylesheet).Assembly.GetManifestResourceStream("Campaign.Reporting.Html.report.css")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
