using System.Runtime.Versioning;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>Machines that really boot, one at a time: they need this computer to themselves. Images are made when the first test wants them.</summary>
[CollectionDefinition("machines", DisableParallelization = true)]
public sealed class Machines;

[Collection("machines")]
[SupportedOSPlatform("linux")]
public sealed class VirtualSpecs
{
    private static readonly string Campaigns = Path.Combine(TestData.ProjectRoot, "tests/Campaign.EndToEnd/Campaigns");

    [Fact]
    public async Task Two_kernels_boot_run_a_container_and_forward_real_frames()
    {
        using var folder = new TempFolder();

        var ended = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/base.lua", "--profile", "smoke");

        Assert.True(ended.Code == 0, ended.ToString());
        var trials = await VirtualTrials.ReadAsync(folder.Path);
        Assert.Equal(["nohz", "rt"], trials.Select(t => (string)t["cell"]!["kernel"]!).Order(StringComparer.Ordinal));
        foreach (var trial in trials)
        {
            Assert.True((string)trial["state"]! is "ok" or "degraded", trial.ToJsonString());
            Assert.Equal((long)trial["sent"]!, (long)trial["matched"]!);
            var claims = VirtualTrials.Claims(trial);
            Assert.True(claims["dut.kernel.release"].Observed.EndsWith("-rt-amd64", StringComparison.Ordinal) == ((string)trial["cell"]!["kernel"]! == "rt"));
            Assert.Equal("2", claims["dut.nohz_full.cpus"].Observed);
            Assert.Equal(("root", "1-2"), (claims["dut.node.partition"].Observed, claims["dut.node.cpus"].Observed));
            Assert.Equal("a>b", claims["dut.forwarder.path"].Observed);
            Assert.All(claims.Values, c => Assert.True(c.Holds));
        }

        var report = await File.ReadAllTextAsync(ended.Out.Trim(), TestContext.Current.CancellationToken);
        Assert.Contains("PREEMPT_RT", report, StringComparison.OrdinalIgnoreCase);
        VirtualTrials.NothingIsLeft();
    }

    [Fact]
    public async Task Seven_wrong_states_of_the_machine_are_seven_invalid_trials()
    {
        using var folder = new TempFolder();

        var ended = await CampaignProcess.RunAsync(folder.Path, "run", Path.Combine(Campaigns, "wrong-states.lua"));

        Assert.True(ended.Code == 6, ended.ToString());
        var trials = await VirtualTrials.ReadAsync(folder.Path);
        var broken = trials.ToDictionary(t => (string)t["cell"]!["fault"]!, t => VirtualTrials.Claims(t).Where(c => !c.Value.Holds).Select(c => c.Key).ToArray());
        Assert.All(trials, t => Assert.True((string)t["state"]! == "invalid", t.ToJsonString()));
        Assert.Contains("dut.node.cpus", broken["partition"]);
        Assert.Equal(["dut.processes.on_packet_cpus"], broken["foreigner"]);
        Assert.Contains("dut.image", broken["image"]);
        Assert.Equal(["dut.recorder"], broken["recorder"].Except(["dut.processes.on_packet_cpus"]));
        Assert.Contains("dut.hugepages", broken["hugepages"]);
        Assert.Equal(["dut.interrupts.on_packet_cpus"], broken["interrupt"]);
        Assert.Equal(["dut.node.image"], broken["container"]);
    }

    [Theory]
    [InlineData("kernel", "dut.kernel.release")]
    [InlineData("token", "dut.cmdline.rcu_nocb_poll")]
    [InlineData("nics", "machine.nic.a")]
    public async Task A_machine_that_was_built_wrong_is_invalid(string fault, string subject)
    {
        using var folder = new TempFolder();
        using var cache = WrongCache.Make(fault);

        var ended = await CampaignProcess.RunAsync(folder.Path, cache.Environment, "run", Path.Combine(Campaigns, "one-trial.lua"));

        Assert.True(ended.Code == 6, ended.ToString());
        var trial = Assert.Single(await VirtualTrials.ReadAsync(folder.Path));
        Assert.Equal("invalid", (string)trial["state"]!);
        Assert.False(VirtualTrials.Claims(trial)[subject].Holds, trial.ToJsonString());
    }

    [Fact]
    public async Task Whatever_is_killed_the_next_run_goes_on_and_nothing_is_left()
    {
        using var folder = new TempFolder();
        string[] run = ["run", Path.Combine(Campaigns, "one-trial.lua"), "--set", "duration=3"];

        using (var first = CampaignProcess.Start(folder.Path, run))
        {
            await first.SaidAsync("Starting sweep");
            await VirtualTrials.MachineOfAsync(first.Id);
            first.Signal("KILL");
            await first.EndAsync();
        }

        await VirtualTrials.MachineEndsAsync();
        VirtualTrials.NothingIsLeft();

        using (var second = CampaignProcess.Start(folder.Path, run))
        {
            await second.SaidAsync("Continuing sweep");
            VirtualTrials.Kill(await VirtualTrials.MachineOfAsync(second.Id));
            await second.SaidAsync("first packet");
            VirtualTrials.Kill(VirtualTrials.WireProcessOf(second.Id, "timestamper"));
            var ended = await second.EndAsync();
            Assert.True(ended.Code == 4, ended.ToString());
            Assert.Contains("Trying again", ended.Error, StringComparison.Ordinal);
            Assert.Contains("The timestamper ended unexpectedly", ended.Error, StringComparison.Ordinal);
        }

        VirtualTrials.NothingIsLeft();
        var third = await CampaignProcess.RunAsync(folder.Path, "resume", "--again", "failed");

        Assert.True(third.Code == 0, third.ToString());
        VirtualTrials.NothingIsLeft();
        var trial = Assert.Single(await VirtualTrials.ReadAsync(folder.Path));
        Assert.True((string)trial["state"]! is "ok" or "degraded", trial.ToJsonString());
    }
}
