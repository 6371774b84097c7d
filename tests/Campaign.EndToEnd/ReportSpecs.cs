using System.Globalization;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>The report as a reader meets it: in a browser, from a file, without a network.</summary>
public sealed class ReportSpecs
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task The_report_opens_without_a_complaint_and_fits_the_screen(int width, bool dark)
    {
        using var folder = new TempFolder();
        var run = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/quickstart.lua", "--testbed", "simulated");
        Assert.True(run.Code == 0, run.ToString());

        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(run.Out.Trim(), width, dark);

        Assert.Empty(browser.Messages);
        Assert.InRange(int.Parse(await browser.EvaluateAsync("document.documentElement.scrollWidth"), CultureInfo.InvariantCulture), 1, width);
        Assert.Contains("simulated", await browser.EvaluateAsync("document.body.innerText.trim().split('\\n')[0].toLowerCase()"), StringComparison.Ordinal);
        Assert.NotEqual("0", await browser.EvaluateAsync("document.querySelectorAll('svg[role=img] title').length"));
        Assert.Equal("0", await browser.EvaluateAsync("[...document.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width < 1).length"));
        Assert.Equal(dark ? "dark" : "light", await browser.EvaluateAsync(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0) > 382 ? 'light' : 'dark'"));
    }
}
