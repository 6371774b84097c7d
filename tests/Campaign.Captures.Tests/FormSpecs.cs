using Campaign.Captures.Pcap;
using Campaign.Testing;
using Xunit;
using ZstdSharp;

namespace Campaign.Captures.Tests;

/// <summary>Every form of capture, every link and transport: the same packets give the same answer.</summary>
public sealed class FormSpecs
{
    private static readonly SyntheticPair Pair = Calm();

    public static TheoryData<string> Names => [.. Forms.Keys];

    private static readonly Dictionary<string, Func<IEnumerable<Sighting>, byte[]>> Forms = new()
    {
        ["pcapng, little-endian, Ethernet"] = packets => FormPens.Pcapng(packets, bigEndian: false),
        ["pcapng, big-endian, Ethernet"] = packets => FormPens.Pcapng(packets, bigEndian: true),
        ["pcapng, little-endian, Ethernet: picoseconds"] = packets => FormPens.Pcapng(packets, bigEndian: false, resolution: 12),
        ["pcapng, little-endian, Ethernet: 2^-34 s"] = packets => FormPens.Pcapng(packets, bigEndian: false, resolution: 0x80 + 34),
        ["pcapng, big-endian, Ethernet: offset"] = packets => FormPens.Pcapng(packets, bigEndian: true, offset: 10),
        ["mscap, nanoseconds, little-endian, ids"] = packets => FormPens.Mscap(packets, wraps: false),
        ["mscap, nanoseconds, little-endian, ids: wrapped"] = packets => FormPens.Mscap(packets, wraps: true),
        ["pcap, nanoseconds behind each packet, little-endian, Ethernet"] = FormPens.Trailing,
        ["pcap, nanoseconds, little-endian, Ethernet: 802.1Q"] = packets => FormPens.Pcap(packets, 1, id => FormPens.Tagged(id, 0x8100)),
        ["pcap, nanoseconds, little-endian, Ethernet: QinQ"] = packets => FormPens.Pcap(packets, 1, id => FormPens.Tagged(id, 0x88A8, 0x8100)),
        ["pcap, nanoseconds, little-endian, Ethernet: IPv6"] = packets => FormPens.Pcap(packets, 1, id => FormPens.IPv6(id)),
        ["pcap, nanoseconds, little-endian, Ethernet: IPv6 with options"] = packets => FormPens.Pcap(packets, 1, id => FormPens.IPv6(id, extended: true)),
        ["pcap, nanoseconds, little-endian, Ethernet: TCP"] = packets => FormPens.Pcap(packets, 1, FormPens.Tcp),
        ["pcap, nanoseconds, little-endian, Ethernet: cut to 64 bytes"] = packets => FormPens.Pcap(packets, 1, id => [.. CapturePen.Frame(id)[..16], 0, 86, .. CapturePen.Frame(id)[18..], .. new byte[40]], snap: 64),
        ["pcap, nanoseconds, little-endian, raw IP"] = packets => FormPens.Pcap(packets, 228, id => CapturePen.Frame(id)[14..]),
        ["pcap, nanoseconds, little-endian, Linux cooked"] = packets => FormPens.Pcap(packets, 113, id => FormPens.Cooked(id, second: false)),
        ["pcap, nanoseconds, little-endian, Linux cooked: 2"] = packets => FormPens.Pcap(packets, 276, id => FormPens.Cooked(id, second: true)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_form_gives_the_answer_of_the_definitions(string form)
    {
        var (pre, post) = (Forms[form](Pair.Pre), Forms[form](Pair.Post));

        var evaluation = SyntheticPair.Evaluate(pre, post, new EvaluationOptions { Identity = PacketIdentity.Moonsniff });

        Assert.Equal(form.Split(':')[0], evaluation.Pre.Format);
        Assert.Equal(Pair.Oracle(), Truth.Of(evaluation));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Files_of_any_form_give_the_same_plain_and_packed(string form)
    {
        using var folder = new TempFolder();
        using var compressor = new Compressor();
        var (pre, post) = (Forms[form](Pair.Pre), Forms[form](Pair.Post));
        File.WriteAllBytes(folder["pre"], pre);
        File.WriteAllBytes(folder["post"], post);
        File.WriteAllBytes(folder["pre.zst"], compressor.Wrap(pre).ToArray());
        File.WriteAllBytes(folder["post.zst"], compressor.Wrap(post).ToArray());

        foreach (var suffix in new[] { "", ".zst" })
        {
            var evaluation = CapturePair.Evaluate(folder["pre" + suffix], folder["post" + suffix], new EvaluationOptions(), TestContext.Current.CancellationToken);
            Assert.Equal(Pair.Oracle(), Truth.Of(evaluation));
        }
    }

    [Fact]
    public void A_form_that_is_named_is_not_detected()
    {
        var refusal = Assert.Throws<CaptureException>(() => SyntheticPair.Evaluate(
            new CapturePen().Draw(Pair.Pre), new CapturePen().Draw(Pair.Post), new EvaluationOptions { Form = CaptureForm.Pcapng }));

        Assert.Contains("does not begin with a pcapng section", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapped_clock_goes_on_over_many_wraps_and_between_the_files()
    {
        var pre = Enumerable.Range(0, 60).Select(n => new Sighting((uint)n, 4_294_967_290 + n * 1_000_000_000L)).ToArray();
        var pair = new SyntheticPair(pre, [.. pre.Select(sent => sent with { Time = sent.Time + 5000 + sent.Id })]);

        var evaluation = SyntheticPair.Evaluate(FormPens.Mscap(pair.Pre, wraps: true), FormPens.Mscap(pair.Post, wraps: true));

        Assert.Equal(pair.Oracle(), Truth.Of(evaluation));
        Assert.Equal(60, evaluation.Seconds.Length);
    }

    [Fact]
    public void Pcapng_sections_may_follow_one_another_in_either_byte_order()
    {
        byte[] Draw(Sighting[] all) => [.. FormPens.Pcapng(all[..20], bigEndian: false), .. FormPens.Pcapng(all[20..], bigEndian: true, resolution: 12)];

        Assert.Equal(Pair.Oracle(), Truth.Of(SyntheticPair.Evaluate(Draw(Pair.Pre), Draw(Pair.Post))));
    }

    private static SyntheticPair Calm()
    {
        var calm = SyntheticPair.Calm(300);
        return calm with { Post = [.. calm.Post.Where((_, n) => n % 50 != 7)] };
    }
}
