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

    private static string Text(string form, SampleSweep sample)
    {
        var stored = sample.Build();
        return ReportText.Of(form, stored.Sweep, Analyst.Analyse(stored));
    }
}
