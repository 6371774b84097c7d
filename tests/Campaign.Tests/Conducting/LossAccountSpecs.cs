using System.Globalization;
using Campaign.Conducting;
using Campaign.Testbeds;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Conducting;

/// <summary>Captures of 1000 packets before and 999 behind the node, beside counters of its forwarder.</summary>
public sealed class LossAccountSpecs
{
    [Theory]
    [InlineData(1000, 999, 0, 0, 0, 1, 0)]
    [InlineData(999, 999, 1, 0, 1, 0, 0)]
    [InlineData(999, 999, 0, 1, 1, 0, 0)]
    public void Loss_that_a_counter_explains_is_no_remark(long received, long sent, long missed, long nic, long before, long within, long behind)
    {
        var account = Account(received, sent, missed, nic);
        Assert.Equal((before, within, behind), (account.Before, account.Within, account.Behind));
        Assert.Empty(account.Remarks(tapDrops: 0));
        Assert.Equal(
            [before, within, behind],
            account.Facts().Select(f => long.Parse(f.Value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Loss_that_nobody_counted_is_said()
    {
        var before = Assert.Single(Account(received: 999, sent: 999, missed: 0, nic: 0).Remarks(tapDrops: 0));
        Assert.Contains("1 captured packets did not reach the forwarder, of which its NIC counted 0", before, StringComparison.Ordinal);

        var behind = Assert.Single(Account(received: 1000, sent: 1000, missed: 0, nic: 0).Remarks(tapDrops: 0));
        Assert.Contains("1 of what it sent was not captured", behind, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_timestamper_lost_itself_explains_everything() =>
        Assert.Empty(Account(received: 1000, sent: 1000, missed: 0, nic: 0).Remarks(tapDrops: 1));

    [Fact]
    public void A_forwarder_without_counters_has_no_account() =>
        Assert.Null(LossAccount.Of(SweepSamples.Result(SweepSamples.Sweep(1), 0).Measurement!.Evaluation, []));

    private static LossAccount Account(long received, long sent, long missed, long nic) => LossAccount.Of(
        SweepSamples.Result(SweepSamples.Sweep(1), 0).Measurement!.Evaluation,
        [
            Counter(MachineFactNames.ForwarderReceived, received), Counter(MachineFactNames.ForwarderSent, sent),
            Counter(MachineFactNames.ForwarderMissed, missed), Counter(MachineFactNames.NicDropped, nic),
        ])!;

    private static Fact Counter(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));
}
