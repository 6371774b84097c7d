using System.Formats.Tar;
using System.Globalization;
using System.Text.Json.Nodes;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>504 published result sets, from the folder that their authors published to a page in a browser.</summary>
public sealed class CorpusReportSpecs
{
    /// <summary>400 MB, in the hexadecimal digits that .NET wants.</summary>
    private const string Heap = "17D78400";

    private static readonly string[] Published =
    [
        "108.86 / 111.71 / 152.37", "124.12 / 112.91 / 130.74", "122.98 / 101.81 / 114.82", "1231.92 / 659.25 / 609.49",
        "840.63 / 835.31 / 249.67", "148.72 / 1096.24 / 1077.44", "9969.08 / 338.13 / 332.49", "100.19 / 99.94 / 101.31",
    ];

    [Fact]
    public async Task Import_and_report_take_little_memory_and_the_page_is_right_in_a_browser_without_a_network()
    {
        var archive = TestData.Path("corpus/containerized-low-latency.tar");
        using var folder = new TempFolder();
        await TarFile.ExtractToDirectoryAsync(archive, folder.Path, overwriteFiles: false, TestContext.Current.CancellationToken);
        var little = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = Heap };

        var import = await CampaignProcess.RunAsync(folder["results"], little, "import", "hvnet", folder["measurements"], "--as", "itc35");
        var report = await CampaignProcess.RunAsync(folder["results"], little, "report", "itc35");
        var query = await CampaignProcess.RunAsync(folder["results"], little, "query", "state = failed", "--json");

        Assert.True(import.Code == 0, import.ToString());
        Assert.Contains("504 HVNet result sets: 457 ok, 36 with a remark, 11 defective", import.Error, StringComparison.Ordinal);
        Assert.True(report.Code == 0, report.ToString());
        Assert.Equal(11, JsonNode.Parse(query.Out)!.AsArray().Count);
        var page = await File.ReadAllTextAsync(report.Out.Trim(), TestContext.Current.CancellationToken);
        Assert.InRange(page.Length, 0, 3_000_000);
        Assert.Contains("15 of 504 published result sets are defective: 11 are excluded whole, 4 without what the file in question says", page, StringComparison.Ordinal);
        Assert.All(Published, repeats => Assert.Contains(repeats, page, StringComparison.Ordinal));

        await using var browser = await Browser.StartAsync();
        await browser.OpenAsync(report.Out.Trim(), 390, dark: false);
        Assert.InRange(int.Parse(await browser.EvaluateAsync("document.documentElement.scrollWidth"), CultureInfo.InvariantCulture), 1, 390);
        await browser.OpenAsync(report.Out.Trim(), 1280, dark: false);
        Assert.Equal("168", await browser.EvaluateAsync("document.querySelectorAll('#cells tbody tr').length"));
        Assert.Equal("2 × 14 × 12", await browser.EvaluateAsync("(() => { const t = document.querySelectorAll('#matrix table'); return `${t.length} × ${t[0].querySelectorAll('tbody tr').length} × ${t[0].querySelectorAll('tbody tr:first-child td').length}`; })()"));
        Assert.Equal("", await Accessibility.ViolationsAsync(browser));
        Assert.Empty(browser.Messages);
    }
}
