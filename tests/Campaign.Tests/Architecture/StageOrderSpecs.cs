using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Campaign.Tests.Architecture;

/// <summary>Data flows one way: a stage may use the stages before it, never those after it.</summary>
public sealed partial class StageOrderSpecs
{
    private static readonly string[] Stages =
        ["Diagnostics", "Units", "Definition", "Planning", "Topology", "Rendering", "Testbeds", "Attestation", "Conducting", "Storage",
            "Importing", "Analysis", "Reporting"];

    [Fact]
    public void A_stage_uses_only_earlier_stages()
    {
        var core = Path.GetFullPath(Path.Combine(Here(), "../../../src/Campaign.Core"));
        var offences =
            from file in Directory.EnumerateFiles(core, "*.cs", SearchOption.AllDirectories)
            let own = Array.IndexOf(Stages, Path.GetRelativePath(core, file).Split(Path.DirectorySeparatorChar)[0])
            where own >= 0
            from Match use in UsedStage.Matches(File.ReadAllText(file))
            where Array.IndexOf(Stages, use.Groups["stage"].Value) > own
            select $"{Path.GetRelativePath(core, file)} uses the later stage {use.Groups["stage"].Value}";

        Assert.Empty(offences);
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"\bCampaign\.(?<stage>\w+)\b")]
    private static partial Regex UsedStage { get; }
}
