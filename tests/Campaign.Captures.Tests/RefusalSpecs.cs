using System.Text;
using Campaign.Captures.Pcap;
using Campaign.Testing;
using Xunit;
using ZstdSharp;

namespace Campaign.Captures.Tests;

/// <summary>What people give to the program by mistake, and what they are told.</summary>
public sealed class RefusalSpecs
{
    private static readonly byte[] Good = new CapturePen().Draw(SyntheticPair.Calm(50).Pre);

    [Fact]
    public void Every_file_that_is_no_capture_is_called_what_it_is()
    {
        using var folder = new TempFolder();
        using var compressor = new Compressor();
        var packed = compressor.Wrap(Good).ToArray();
        Directory.CreateDirectory(folder["folder.pcap"]);

        var told = new StringBuilder();
        foreach (var (name, content) in new (string, byte[]?)[]
        {
            ("missing.pcap", null),
            ("folder.pcap", null),
            ("empty.pcap", []),
            ("two-bytes.pcap", Good[..2]),
            ("header-only.pcap", Good[..24]),
            ("half-a-header.pcap", Good[..13]),
            ("trace.pcapng", [0x0A, 0x0D, 0x0D, 0x0A, 0x1C, 0, 0, 0, 0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0]),
            ("notes.txt", "rate,latency\n10000,3137 µs\n"u8.ToArray()),
            ("capture.pcap.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0]),
            ("capture.pcap.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4]),
            ("twice.pcap.zst", compressor.Wrap(packed).ToArray()),
            ("cut.pcap.zst", packed[..9]),
            ("damaged.pcap.zst", [.. packed[..4], .. Enumerable.Repeat((byte)0xFF, 300)]),
            ("latencies-pre.mscap", Moonsniff()[..^5]),
            ("reserved.pcap", new byte[4096]),
            ("image.png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]),
            ("bad-magic.pcap", With(0, 0x4C)),
            ("version.pcap", With(4, 3)),
            ("zone.pcap", With(8, 1)),
            ("accuracy.pcap", With(13, 1)),
            ("snap.pcap", With(19, 0x80)),
            ("loopback.pcap", With(20, 0)),
            ("fcs.pcap", With(23, 0x24)),
            ("too-long.pcap", With(24 + 8 + 2, 1)),
            ("time.pcap", With(24 + 4 + 3, 0x80)),
            ("years.pcap", With(24 + 76 + 3, 0x10)),
            ("wire.pcap", With(24 + 76 + 12, 61)),
            ("cut.pcap", Good[..^7]),
            ("zeros.pcap", [.. Good, .. new byte[1000]]),
            ("appended.pcap", [.. Good, .. Good]),
        })
        {
            if (content is not null)
                File.WriteAllBytes(folder[name], content);
            told.Append(Refusal(folder[name]).Message.Replace(folder.Path + "/", "", StringComparison.Ordinal)).Append('\n');
        }

        Snapshot.Match(told.ToString());
    }

    [Fact]
    public void A_capture_that_this_user_may_not_read_is_refused()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess || OperatingSystem.IsWindows(), "A privileged user may read everything.");
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["a.pcap"], Good);
#pragma warning disable CA1416 // Windows was left above.
        File.SetUnixFileMode(folder["a.pcap"], UnixFileMode.None);
#pragma warning restore CA1416

        Assert.Contains("may not be read by this user", Assert.Throws<CaptureException>(() => CaptureReader.Open(folder["a.pcap"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_files_are_named_when_neither_can_be_read()
    {
        using var folder = new TempFolder();

        var refusal = Assert.Throws<CaptureException>(() => CapturePair.Evaluate(folder["a"], folder["b"], new EvaluationOptions(), TestContext.Current.CancellationToken));

        Assert.Equal([folder["a"], folder["b"]], refusal.Problems.Select(problem => problem.Path));
    }

    private static CaptureException Refusal(string path)
    {
        using var folder = new TempFolder();
        var post = folder["post.pcap"];
        File.WriteAllBytes(post, new CapturePen().Draw(SyntheticPair.Calm(50).Post));
        return Assert.Throws<CaptureException>(() => CapturePair.Evaluate(path, post, new EvaluationOptions(), TestContext.Current.CancellationToken));
    }

    private static byte[] With(int offset, byte value)
    {
        byte[] damaged = [.. Good];
        damaged[offset] = value;
        return damaged;
    }

    private static byte[] Moonsniff() =>
        [.. Enumerable.Range(0, 10).SelectMany(n => (byte[])[.. BitConverter.GetBytes(15_000_000_000L + n * 100_000), .. BitConverter.GetBytes(945 + n)])];
}
