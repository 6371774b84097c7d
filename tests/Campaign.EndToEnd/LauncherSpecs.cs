using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>The launcher in a fresh copy of the sources, as somebody meets it who has just fetched them.</summary>
public sealed class LauncherSpecs
{
    [Fact]
    public async Task It_builds_once_and_after_changes_and_leaves_a_program_that_runs_alone()
    {
        using var folder = new TempFolder();
        CopySources(folder);
        using var growing = new GrowingPair(new MadePair(folder, 4000), folder);

        var first = await LaunchAsync(folder, "--version");
        var second = await LaunchAsync(folder, "--version");
        using var running = CampaignProcess.Launch(folder["campaign"], "analyse", "--watch", "--interval", "0.02", growing.Pre, growing.Post, "--json");
        await running.SaidAsync("waiting: ");
        Change(folder, "// changed");
        var third = await LaunchAsync(folder, "--version");
        var whileItRuns = Builds(folder);
        growing.GrowTo(1);
        await running.SaidAsync("4000 before, ");
        running.Signal("INT");
        var ended = await running.EndAsync();
        Change(folder, "// again");
        var fourth = await LaunchAsync(folder, "check", "--help");

        Assert.True(first.Code == 0, first.ToString());
        Assert.Equal("campaign: building, once (about a minute).\n", first.Error);
        Assert.Equal((0, "", first.Out), (second.Code, second.Error, second.Out));
        Assert.Equal("campaign: the sources have changed: building.\n", third.Error);
        Assert.Equal(2, whileItRuns);
        Assert.Contains("\"matched\": 3920", ended.Out, StringComparison.Ordinal);
        Assert.True(fourth.Code == 0, fourth.ToString());
        Assert.Equal(1, Builds(folder));

        Change(folder, "mistake!");
        var broken = await LaunchAsync(folder, "--version");

        Assert.Equal((1, ""), (broken.Code, broken.Out));
        Assert.Contains("Program.cs(", broken.Error, StringComparison.Ordinal);
        Assert.Contains("build.log", broken.Error, StringComparison.Ordinal);
        Assert.Equal(1, Builds(folder));
    }

    private static async Task<Ended> LaunchAsync(TempFolder folder, params string[] arguments)
    {
        using var process = CampaignProcess.Launch(folder["campaign"], arguments);
        return await process.EndAsync();
    }

    private static void Change(TempFolder folder, string line) => File.AppendAllText(folder["src/Campaign.Cli/Program.cs"], line + "\n");

    private static int Builds(TempFolder folder) => new DirectoryInfo(folder[".artifacts/programs"]).GetDirectories().Count(build => build.LinkTarget is null);

    private static void CopySources(TempFolder folder)
    {
        foreach (var path in new[] { "campaign", "global.json", ".editorconfig" }.Concat(
                     Directory.EnumerateFiles(Path.Combine(TestData.ProjectRoot, "src"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(TestData.ProjectRoot, path))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            File.Copy(Path.Combine(TestData.ProjectRoot, path), folder[path]);
        }
    }
}
