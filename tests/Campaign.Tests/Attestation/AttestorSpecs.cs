using Campaign.Attestation;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Testbeds;
using Campaign.Topology;
using Xunit;

namespace Campaign.Tests.Attestation;

public sealed class AttestorSpecs
{
    private static readonly Blueprint Node = new("forwarder", "dut", [0], [1, 2, 3], [2, 3], [], Shared: false);

    [Theory]
    [InlineData("dut.forwarder.scheduler", "fifo 50|other", "other", true)]
    [InlineData("dut.forwarder.scheduler", "fifo 50|other", "fifo 50\n", true)]
    [InlineData("dut.forwarder.scheduler", "fifo 50", "fifo 5", false)]
    [InlineData("dut.forwarder.cpus", "2-3,5", "5,2,3", true)]
    [InlineData("dut.forwarder.cpus", "2-3", "0-3", false)]
    [InlineData("dut.forwarder.cpus", "2-3", "nonsense", false)]
    [InlineData("dut.neighbours", "1", "01", false)]
    public void A_claim_holds_when_one_of_the_asked_values_was_observed(string subject, string asked, string observed, bool holds)
    {
        var claim = Assert.Single(Attestor.Hold([new Expectation(subject, asked)], [new Fact(subject, observed)], "before"));
        Assert.Equal(new Claim(subject, asked, observed, holds, "before"), claim);
    }

    [Fact]
    public void What_nobody_saw_does_not_hold()
    {
        var claim = Assert.Single(Attestor.Hold([new Expectation("dut.recorder", "false")], [new Fact("dut.neighbours", "0")], "after"));
        Assert.Equal(new Claim("dut.recorder", "false", "", Holds: false, "after"), claim);
    }

    [Fact]
    public void Everything_that_was_asked_for_is_expected()
    {
        var boot = new BootState("b", Scene(("dut", new BootRequest("trixie", "rt", "isolcpus=2-3 quiet"))));
        var expected = Expectations.Of(
            boot, Outcome(new Fact("dut.boot.os", "trixie"), new Fact("dut.boot.kernel", "rt")), new ForwardOptions(null, Isolation: true, RealtimeWish.Yes),
            new DisturbOptions(2, Recorder: DisturbOptions.Host), Node, ownsTheDut: false, measured: false);
        Assert.Equal(
            [
                "dut.boot_id=id", "dut.boot.os=trixie", "dut.boot.kernel=rt", "dut.cmdline.isolcpus=2-3", "dut.cmdline.quiet=set",
                "dut.forwarder.running=true", "dut.forwarder.cpus=2-3", "dut.forwarder.scheduler=fifo 50", "dut.neighbours=2", "dut.recorder=host",
            ],
            expected.Select(e => $"{e.Subject}={e.Asked}"));
    }

    [Fact]
    public void What_was_not_asked_for_must_be_absent()
    {
        var boot = new BootState("b", Scene(("dut", new BootRequest(null, "running", null))));
        var expected = Expectations.Of(
            boot, Outcome(), new ForwardOptions(null, Isolation: false, RealtimeWish.No), disturb: null, Node, ownsTheDut: false, measured: false);
        Assert.Equal(
            ["dut.boot_id=id", "dut.forwarder.running=true", "dut.forwarder.pinned=false", "dut.forwarder.scheduler=other", "dut.neighbours=0", "dut.recorder=none"],
            expected.Select(e => $"{e.Subject}={e.Asked}"));
    }

    private static BootOutcome Outcome(params ReadOnlySpan<Fact> promises) => new("id", Booted: true, TimeSpan.Zero, [.. promises]);

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, BootRequest> Scene(params (string Host, BootRequest Request)[] hosts) =>
        System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(hosts.Select(h => KeyValuePair.Create(h.Host, h.Request)));
}
