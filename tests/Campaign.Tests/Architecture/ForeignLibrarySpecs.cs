using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Campaign.Tests.Architecture;

/// <summary>A library of others is known to one folder, so that it can be exchanged there.</summary>
public sealed class ForeignLibrarySpecs
{
    [Theory]
    [InlineData("LiteDB", "Campaign.Core/Storage")]
    [InlineData("MathNet", "Campaign.Core/Analysis/Statistics")]
    [InlineData("Parquet", "Campaign.Core/Reporting/Parquet")]
    [InlineData("Renci", "Campaign.Core/Testbeds/Ssh")]
    [InlineData("Scriban", "Campaign.Core/Rendering")]
    [InlineData("Spectre", "Campaign.Cli")]
    [InlineData("ZstdSharp", "Campaign.Captures")]
    public void A_library_is_used_in_one_folder_only(string library, string folder)
    {
        var sources = Path.GetFullPath(Path.Combine(Here(), "../../../src"));
        var use = new Regex($@"^(global )?using (static )?{library}\b|\bglobal::{library}\b", RegexOptions.Multiline);
        string[] users =
        [
            .. Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories).Where(f => use.IsMatch(File.ReadAllText(f)))
                .Select(f => Path.GetRelativePath(sources, f).Replace(Path.DirectorySeparatorChar, '/')),
        ];

        Assert.NotEmpty(users);
        Assert.All(users, user => Assert.StartsWith(folder + "/", user, StringComparison.Ordinal));
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
