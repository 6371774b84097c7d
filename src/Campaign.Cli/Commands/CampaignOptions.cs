using System.CommandLine;
using Campaign.Definition;

namespace Campaign.Cli.Commands;

/// <summary>What the verbs that load a campaign take: the file, the testbed, settings, the seed, and which trials.</summary>
internal sealed class CampaignOptions
{
    private readonly Argument<string> _file = new("CAMPAIGN")
    {
        Description = "Campaign file: a path, or what comes behind campaigns/, for example sweeps/base.lua.",
    };

    private readonly Option<string?> _testbed = new("--testbed", "-t")
    {
        Description = "Testbed to use instead of the campaign's: a name in campaigns/testbeds, or a path.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _set = new("--set", "-s") { Description = "Sets a parameter of the campaign; may be repeated.", HelpName = "NAME=VALUE" };

    private readonly Option<string?> _profile = new("--profile") { Description = "Takes the values of one of the campaign's profiles.", HelpName = "NAME" };

    private readonly Option<bool> _quick = new("--quick") { Description = "The same as --profile quick: a first report in minutes." };

    private readonly Option<long?> _seed = new("--seed") { Description = "Seed of the order of trials, and of a simulation.", HelpName = "N" };

    private readonly Option<string?> _only = new("--only")
    {
        Description = "Only cells for which all conditions hold, for example 'kernel=rt,rate>1e6'.",
        HelpName = "FILTER",
    };

    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Only one part of the sweep, for example 2/4; parts run anywhere and are joined by 'merge'.",
        HelpName = "I/N",
    };

    /// <summary>Adds everything to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="selects">Whether the verb takes <c>--only</c> and <c>--shard</c>.</param>
    public CampaignOptions(Command command, bool selects)
    {
        command.Arguments.Add(_file);
        Option[] options = selects ? [_testbed, _profile, _quick, _set, _seed, _only, _shard] : [_testbed, _profile, _quick, _set, _seed];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    public CampaignSource Source(ParseResult parsed, Project project) =>
        project.Source(parsed.GetValue(_file)!, parsed.GetValue(_testbed), parsed.GetValue(_set) ?? [], parsed.GetValue(_seed),
            parsed.GetValue(_profile) ?? (parsed.GetValue(_quick) ? "quick" : null));

    public TrialChoice Choice(ParseResult parsed) => new(parsed.GetValue(_only), parsed.GetValue(_shard));
}
