using System.Net;
using System.Text;
using Campaign.Reporting.Html;
using CsCheck;
using Xunit;

namespace Campaign.Tests.Reporting;

public sealed class HtmlTextSpecs
{
    private static readonly Gen<string> Texts =
        Gen.OneOf(Gen.Char["<>&\"'/=;#x"], Gen.Char[' ', '~'], Gen.Char['\u00A1', '\u2000']).Array[0, 30].Select(characters => new string(characters));

    [Fact]
    public void Any_text_comes_back_from_a_browser_as_it_was_and_opens_no_element() => Texts.Sample(text =>
    {
        var html = Escaped(text);
        return html.IndexOfAny(['<', '>', '"', '\'']) < 0 && WebUtility.HtmlDecode(html) == text;
    });

    [Fact]
    public void What_HTML_forbids_becomes_visible() => Assert.Equal("a\u2400b\u241B\u2421\uFFFD\uFFFD\tc\n", Escaped("a\0b\u001B\u007F\u0085\uD800\tc\n"));

    [Fact]
    public void Attributes_are_escaped_like_text() =>
        Assert.Equal("<a title=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;</a>", new Tag("a", ("title", "\"><script>")) { "<script>" }.ToString());

    [Theory]
    [InlineData("0001-ab/logs/a b#1?.txt", "./0001-ab/logs/a%20b%231%3F.txt")]
    [InlineData("javascript:alert(1)", "./javascript%3Aalert%281%29")]
    public void A_file_name_never_becomes_another_address(string path, string address) => Assert.Equal(address, HtmlText.RelativeAddress(path));

    private static string Escaped(string text)
    {
        var html = new StringBuilder();
        HtmlText.Append(html, text);
        return html.ToString();
    }
}
