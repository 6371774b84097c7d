using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>A sweep as LaTeX goes into a paper as it is: in a column of a page and in half of one, with outlines of letters instead of bitmaps.</summary>
public sealed class LatexSpecs
{
    [Theory]
    [InlineData("sweeps/quickstart.lua")]
    [InlineData("tests/Campaign.EndToEnd/Campaigns/odd-names.lua")]
    public async Task A_paper_reads_the_tables_and_figures_of_a_sweep(string campaign)
    {
        ForeignProgram.Need("pdflatex", "texlive-latex-recommended and texlive-pictures");
        using var folder = new TempFolder();
        var run = await CampaignProcess.RunAsync(folder.Path, "run", campaign, "--testbed", "simulated");
        Assert.True(run.Code == 0, run.ToString());

        var fragment = (await CampaignProcess.RunAsync(folder.Path, "report", "--format", "latex")).Out;
        folder.Write("sweep.tex", fragment);

        foreach (var layout in new[] { "onecolumn", "twocolumn" })
        {
            folder.Write(layout + ".tex", Paper(fragment, layout));
            await CompileAsync(folder, layout);
            Assert.DoesNotMatch(@"Overfull|undefined|Missing character|multiply defined|Float too large|\.\d*pk>", await CompileAsync(folder, layout));
        }
    }

    /// <summary>The preamble is what the fragment asks for at its top; the labels are those that it has.</summary>
    private static string Paper(string fragment, string layout)
    {
        var lines = fragment.Split('\n');
        var preamble = lines.Where(line => line.StartsWith(@"%   \", StringComparison.Ordinal)).Select(line => line.TrimStart('%', ' '));
        var labels = lines.Where(line => line.StartsWith(@"\label", StringComparison.Ordinal)).Select(line => line.Replace("label", "ref", StringComparison.Ordinal)).ToArray();
        Assert.True(labels.Length >= 2, fragment);
        return $$"""
            \documentclass[{{layout}}]{article}
            {{string.Join('\n', preamble)}}
            \begin{document}
            See {{string.Join(", ", labels)}}.
            \input{sweep}
            \end{document}
            """;
    }

    private static async Task<string> CompileAsync(TempFolder folder, string paper)
    {
        var ended = await ForeignProgram.RunAsync("pdflatex", folder.Path, "-interaction=nonstopmode", "-halt-on-error", paper);
        Assert.True(ended.Code == 0, ended.ToString());
        return await File.ReadAllTextAsync(folder[paper + ".log"], TestContext.Current.CancellationToken);
    }
}
