using System.Security.Cryptography;
using System.Text;

namespace Campaign.Reporting.Html;

/// <summary>The report's script, <c>report.js</c> beside this file: hover, filters, downloads. The page's policy runs it by its hash and nothing else.</summary>
internal sealed class ReportScript : Markup
{
    private static readonly string Source = Resource.Read("report.js");

    /// <summary>As a source of a content security policy.</summary>
    public static string Hash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Source)));

    public override void Write(StringBuilder html) => html.Append("<script>").Append(Source).Append("</script>");
}
