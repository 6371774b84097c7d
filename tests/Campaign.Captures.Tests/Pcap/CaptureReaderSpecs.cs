using Campaign.Captures.Pcap;
using Xunit;
using ZstdSharp;

namespace Campaign.Captures.Tests.Pcap;

public sealed class CaptureReaderSpecs
{
    private static readonly SyntheticPair Pair = SyntheticPair.Calm(500);

    [Theory]
    [InlineData(true, false, "pcap, nanoseconds, little-endian, Ethernet")]
    [InlineData(true, true, "pcap, nanoseconds, big-endian, Ethernet")]
    [InlineData(false, false, "pcap, microseconds, little-endian, Ethernet")]
    [InlineData(false, true, "pcap, microseconds, big-endian, Ethernet")]
    public void All_four_magics_are_read(bool nanoseconds, bool bigEndian, string format)
    {
        using var reader = Open(new CapturePen(nanoseconds, bigEndian).Draw(Pair.Post));

        foreach (var expected in Pair.Post)
        {
            Assert.True(reader.TryRead(out var packet));
            Assert.Equal(nanoseconds ? expected.Time : expected.Time / 1000 * 1000, packet.Timestamp);
            Assert.Equal(CapturePen.Frame(expected.Id), packet.Bytes);
            Assert.Equal(60, packet.OriginalLength);
        }

        Assert.False(reader.TryRead(out _));
        Assert.Empty(reader.Problems);
        Assert.Equal((format, 500, 60), (reader.Summary.Format, (int)reader.Summary.Packets, reader.Summary.FrameBytes));
    }

    [Theory]
    [InlineData(PacketIdentity.Hvnet)]
    [InlineData(PacketIdentity.Moonsniff)]
    public void Raw_IP_matches_raw_IP_and_Ethernet(PacketIdentity identity)
    {
        var options = new EvaluationOptions { Identity = identity };
        var raw = new CapturePen(linkType: LinkType.RawIp);

        Assert.Equal(500, SyntheticPair.Evaluate(raw.Draw(Pair.Pre), raw.Draw(Pair.Post), options).Matched);
        Assert.Equal(500, SyntheticPair.Evaluate(new CapturePen().Draw(Pair.Pre), raw.Draw(Pair.Post), options).Matched);
    }

    [Fact]
    public void Packets_cut_to_the_snap_length_match()
    {
        var evaluation = SyntheticPair.Evaluate(new CapturePen(snapLength: 50).Draw(Pair.Pre), new CapturePen(snapLength: 50).Draw(Pair.Post));

        Assert.Equal((500, 60), (evaluation.Matched, evaluation.Pre.FrameBytes));
    }

    [Fact]
    public void Zstd_is_known_by_its_first_bytes_and_may_come_in_several_frames()
    {
        var plain = new CapturePen().Draw(Pair.Post);
        using var compressor = new Compressor();
        byte[] packed = [.. compressor.Wrap(plain.AsSpan(0, 1000)), .. compressor.Wrap(plain.AsSpan(1000))];

        using var reader = Open(packed);

        Assert.Equal(500, Drain(reader));
        Assert.Empty(reader.Problems);
        Assert.EndsWith(", zstd", reader.Summary.Format, StringComparison.Ordinal);
        Assert.Equal(plain.Length, reader.Summary.Bytes);
    }

    [Fact]
    public void Zstd_cut_anywhere_is_found()
    {
        using var compressor = new Compressor();
        var packed = compressor.Wrap(new CapturePen().Draw(Pair.Post)).ToArray();

        for (var length = 0; length < packed.Length; length += length < 50 ? 1 : 61)
        {
            try
            {
                using var reader = Open(packed[..length]);
                Drain(reader);
                Assert.Equal(CaptureProblemKind.Truncated, Assert.Single(reader.Problems).Kind);
            }
            catch (CaptureException e)
            {
                Assert.Equal(CaptureProblemKind.Unreadable, Assert.Single(e.Problems).Kind);
            }
        }
    }

    /// <remarks>In several rounds: once in many runs the runtime itself allocates a few thousand bytes on this thread, in one of them.</remarks>
    [Fact]
    public void Reading_allocates_nothing_per_packet()
    {
        const int round = 20_000;
        var capture = new CapturePen().Draw(SyntheticPair.Calm(5 * round).Post);
        var checksum = 0L;
        using (var warmUp = Open(capture))
            Read(warmUp, 5 * round, ref checksum);
        using var reader = Open(capture);
        checksum = 0;
        var allocated = new long[5];

        for (var n = 0; n < allocated.Length; n++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Read(reader, round, ref checksum);
            allocated[n] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated.Min());
        Assert.InRange(allocated.Sum(), 0, 5 * round);
        Assert.Equal(Enumerable.Range(945, 5 * round).Sum(id => (long)(byte)id), checksum);
    }

    [Fact]
    public void A_stream_that_gives_a_byte_at_a_time_is_read_like_any_other()
    {
        using var reader = CaptureReader.Open(new Trickle(new CapturePen().Draw(Pair.Post)), "trickle");

        Assert.Equal(500, Drain(reader));
        Assert.Empty(reader.Problems);
    }

    private static CaptureReader Open(byte[] capture) => CaptureReader.Open(new MemoryStream(capture), "capture");

    private static int Drain(CaptureReader reader)
    {
        var packets = 0;
        while (reader.TryRead(out _))
            packets++;
        return packets;
    }

    private static void Read(CaptureReader reader, int packets, ref long checksum)
    {
        for (var n = 0; n < packets && reader.TryRead(out var packet); n++)
            checksum += packet.Bytes[42];
    }

    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
    }
}
