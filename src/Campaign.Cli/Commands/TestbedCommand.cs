using System.CommandLine;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Cli.Terminal;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Testbeds.Virtual;
using Campaign.Units;

namespace Campaign.Cli.Commands;

/// <summary><c>testbed</c>: what virtual testbeds need on this machine.</summary>
internal static class TestbedCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("testbed", "Says what a testbed needs, makes its images, and measures what it carries.")
        {
            Check(session), Build(session), Probe(session), List(session), Clean(session),
        };
        Help.Extend(command, Help.Examples("campaign testbed check virtual", "campaign testbed build virtual", "campaign testbed probe virtual", "campaign testbed clean --all"));
        return command;
    }

    private static Command Check(Session session)
    {
        var name = Name();
        var command = new Command("check", "Says what is there, what will be made when it is needed, and what is missing.") { name };
        command.SetAction(parsed =>
        {
            var table = new TextTable("what", "state", "");
            UpkeepItem[] items = [.. Upkeep(session, parsed.GetValue(name)!).Check()];
            foreach (var item in items)
            {
                table.Add(item.Name, item.State switch { UpkeepState.There => "there", UpkeepState.WillBeMade => "when needed", _ => "MISSING" }, item.Detail);
            }

            session.Write(table.ToString());
            return (int)(items.Any(i => i.State == UpkeepState.Missing) ? ExitCode.Testbed : ExitCode.Success);
        });
        return command;
    }

    private static Command Build(Session session)
    {
        var name = Name();
        var archives = new Option<bool>("--archives") { Description = "Make the containers' meta.tar.xz and rootfs.tar.xz for lxc-create, too." };
        var command = new Command("build", "Makes all images of a testbed now; what is there stays.") { name, archives };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await Upkeep(session, parsed.GetValue(name)!).BuildAsync(parsed.GetValue(archives), session.Signals.Stop.AfterStep);
            session.Say("All images are there.");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Probe(Session session)
    {
        var name = Name();
        var results = ResultsOptions.Folder();
        var command = new Command("probe", "Measures which packet rates a testbed carries without loss; campaigns get them as testbed.rates.") { name, results };
        command.SetAction(async parsed =>
        {
            var project = Project.Find();
            var folder = ResultsOptions.At(parsed.GetValue(results), project);
            var source = project.Source("sweeps/rates.lua", parsed.GetValue(name), [], seed: null, profile: null);
            var code = await RunCommand.RunAsync(session, new RunRequest { Source = source, Choice = TrialChoice.All, Fresh = true, Results = folder.Root });
            if (code != (int)ExitCode.Success)
            {
                return code;
            }

            using var reader = ResultsReader.Open(folder);
            var rates = CarriedRates.Of(reader.Load(reader.Find("rates").Sweep.Id));
            if (rates.IsEmpty)
            {
                session.Say("Not even the lowest rate is carried with headroom. testbed.rates stays what it was.");
                return (int)ExitCode.Testbed;
            }

            MeasuredRates.Keep(TestbedLoader.Load(parsed.GetValue(name)!, project.Root).Name, rates);
            session.Say($"testbed.rates is now {string.Join(", ", rates.Select(r => new PacketRate(r)))} on this machine.");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command List(Session session)
    {
        var command = new Command("list", "Lists the images in this user's cache.");
        command.SetAction(_ =>
        {
            var table = new TextTable("image", "made", "size");
            foreach (var image in Upkeep(session, "virtual").List())
            {
                table.Add(image.Name, image.Identity.Split(' ')[^1], string.Create(CultureInfo.InvariantCulture, $"{image.Bytes / 1e6:0} MB"));
            }

            session.Write(table.ToString());
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Clean(Session session)
    {
        var all = new Option<bool>("--all") { Description = "Remove every image, not only those that today's recipes do not make any more." };
        var command = new Command("clean", "Removes images that are not used any more, and what interrupted builds left.") { all };
        command.SetAction(parsed =>
        {
            var (count, bytes) = Upkeep(session, "virtual").Clean(parsed.GetValue(all));
            session.Say(string.Create(CultureInfo.InvariantCulture, $"{count} images removed, {bytes / 1e6:0} MB."));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Argument<string> Name() => new("TESTBED") { Description = "A name in campaigns/testbeds, or a path.", DefaultValueFactory = _ => "virtual" };

    private static VirtualUpkeep Upkeep(Session session, string name)
    {
        var testbed = TestbedLoader.Load(name, Project.Find().Root);
        return testbed.Driver == "virtual"
            ? new VirtualUpkeep(testbed, session.Say, session.Time)
            : throw new CampaignException(
                $"The testbed '{testbed.Name}' has the driver '{testbed.Driver}', which needs no images.", ExitCode.Usage, "Name a virtual one: campaign testbed check virtual");
    }
}
