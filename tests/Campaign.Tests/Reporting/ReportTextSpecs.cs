using System.Text.Json.Nodes;
using Campaign.Analysis;
using Campaign.Reporting.Texts;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Reporting;

public sealed class ReportTextSpecs
{
    public static TheoryData<string> Forms => [.. ReportText.Names];

    [Theory]
    [InlineData("md", "md")]
    [InlineData("json", "json")]
    [InlineData("latex", "tex")]
    public void The_texts_of_a_small_sweep_are_these(string form, string extension) =>
        Snapshot.Match(Text(form, new SampleSweep(rates: 1, repeats: 2, seconds: 1, packetsPerSecond: 400)), extension, test: "The_text_as_" + form);

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_same_sweep_gives_the_same_text(string form) => Assert.Equal(Text(form, new SampleSweep()), Text(form, new SampleSweep()));

    [Fact]
    public void Nothing_that_a_person_wrote_becomes_markup()
    {
        const string Poison = "<script>|`*_[a](b)\n# \\input{x}%$&";
        var sweep = new SampleSweep(rates: 1, repeats: 2) { Poison = Poison };
        var (markdown, latex) = (Text("md", sweep), Text("latex", sweep));

        Assert.Contains(@"\<script\>\|\`\*\_\[a\](b) # \\input{x}%\$\&", markdown, StringComparison.Ordinal);
        Assert.All(markdown.Split('\n'), line => Assert.DoesNotMatch(@"(?<!\\)<", line));
        Assert.DoesNotContain(@"\input{x}", latex, StringComparison.Ordinal);
        Assert.Contains(Poison, (string)JsonNode.Parse(Text("json", sweep))!["title"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a--b ,, ''", "a-{}-b ,{}, '{}'")]
    [InlineData("[1]* <x|y>", "{[}1{]}{*} \\textless{}x\\textbar{}y\\textgreater{}")]
    [InlineData("5 µs − 3 °C, Čapek", "5 $\\mu$s $-$ 3 $^\\circ$C, Čapek")]
    [InlineData("a\nb 中😀", "a b U+4E2DU+1F600")]
    public void LaTeX_sets_what_a_person_wrote(string plain, string latex) => Assert.Equal(latex, LatexText.Escape(plain));

    [Fact]
    public void A_large_sweep_is_several_tables_and_figures_that_fit_a_page()
    {
        var latex = Text("latex", new SampleSweep(rates: 30, repeats: 1, seconds: 1, packetsPerSecond: 100));

        Assert.Equal(
            [@"\label{tab:neighbour}", @"\label{tab:neighbour-2}", @"\label{tab:neighbour-3}", @"\label{fig:neighbour}", @"\label{fig:neighbour-2}", @"\label{fig:neighbour-3}", @"\label{fig:neighbour-4}"],
            latex.Split('\n').Where(line => line.StartsWith(@"\label", StringComparison.Ordinal)));
        Assert.Contains("% 24 of 30 panels are drawn", latex, StringComparison.Ordinal);
    }

    private static string Text(string form, SampleSweep sample)
    {
        var stored = sample.Build();
        return ReportText.Of(form, stored.Sweep, Analyst.Analyse(stored));
    }
}
