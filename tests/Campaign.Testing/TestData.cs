using System.Runtime.CompilerServices;
using Xunit;

namespace Campaign.Testing;

/// <summary>Real captures and result sets with known answers, kept outside the project.</summary>
public static class TestData
{
    private static string Root =>
        Environment.GetEnvironmentVariable("CAMPAIGN_TEST_DATA")
        ?? System.IO.Path.GetFullPath(System.IO.Path.Combine(ProjectRoot, "../shared/data"));

    /// <summary>The folder that holds Campaign.sln.</summary>
    public static string ProjectRoot => System.IO.Path.GetFullPath(System.IO.Path.Combine(Here(), "../.."));

    /// <summary>Full path of a file of the test data; skips the test, saying so, where the data is absent.</summary>
    public static string Path(string name)
    {
        var path = System.IO.Path.Combine(Root, name);
        Assert.SkipUnless(File.Exists(path) || Directory.Exists(path), $"The test data {path} is absent; CAMPAIGN_TEST_DATA names its folder.");
        return path;
    }

    private static string Here([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;
}
