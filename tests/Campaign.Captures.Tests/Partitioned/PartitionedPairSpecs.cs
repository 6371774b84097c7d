using System.Buffers.Binary;
using Campaign.Testing;
using Xunit;

namespace Campaign.Captures.Tests.Partitioned;

/// <summary>Identities of any kind, in any order; what does not fit into memory is told as if it did.</summary>
public sealed class PartitionedPairSpecs
{
    /// <summary>No file can be made there.</summary>
    private const string Nowhere = "/dev/null/nowhere";

    private static readonly EvaluationOptions Lenient = new() { Strict = false, Worst = 40 };

    /// <remarks>So many packets that the parts outgrow the pages that they have anyway.</remarks>
    [Theory]
    [InlineData(PacketIdentity.Hvnet, 100_000, 0, 1)]
    [InlineData(PacketIdentity.Hvnet, 100_000, 0, 3)]
    [InlineData(PacketIdentity.Hvnet, 100_000, 6_000_000, 1)]
    [InlineData(PacketIdentity.Hvnet, 100_000, 6_000_000, 3)]
    [InlineData(PacketIdentity.Moonsniff, 240_000, 0, 2)]
    [InlineData(PacketIdentity.Flows, 240_000, 1_000_000, 2)]
    public void A_pair_on_disk_is_told_as_in_memory(PacketIdentity identity, int packets, long budget, int threads)
    {
        using var folder = new TempFolder();
        var pair = SyntheticPair.Stormy(packets, seed: 3);
        var options = Lenient with { Identity = identity, TrimNanoseconds = 20_000_000 };

        PairEvaluation Evaluate(EvaluationOptions how) => CapturePair.EvaluateBoth(
            new MemoryStream(new CapturePen().Draw(pair.Pre)), new MemoryStream(new CapturePen().Draw(pair.Post)), how, TestContext.Current.CancellationToken);

        var expected = Evaluate(options with { MemoryBudget = long.MaxValue, Threads = 1, SpillFolder = Nowhere });
        var actual = Evaluate(options with { MemoryBudget = budget, Threads = threads, SpillFolder = folder.Path });

        AssertSame(expected.All, actual.All);
        AssertSame(expected.Filtered, actual.Filtered);
        Assert.Equal(expected.Flows.Select(Told), actual.Flows.Select(Told));
        Assert.Equal(identity == PacketIdentity.Flows ? 1 : 0, actual.Flows.Length);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.ThrowsAny<IOException>(() => Evaluate(options with { MemoryBudget = budget, Threads = threads, SpillFolder = Nowhere }));
    }

    [Theory]
    [InlineData(PacketIdentity.Hvnet, 3)]
    [InlineData(PacketIdentity.Moonsniff, 2)]
    [InlineData(PacketIdentity.Flows, 5)]
    public void Any_number_of_threads_tells_the_same(PacketIdentity identity, int threads)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var pair = SyntheticPair.Stormy(2000, seed);
            var options = Lenient with { Identity = identity, TrimNanoseconds = seed * 20_000_000, Threads = threads };

            var evaluation = pair.Evaluate(options);

            AssertSame(pair.Evaluate(options with { Threads = 1 }), evaluation);
            if (seed == 0)
                Assert.Equal(pair.Oracle(), Truth.Of(evaluation));
        }
    }

    [Fact]
    public void Flows_that_each_count_from_0_are_told_apart()
    {
        var pairs = Enumerable.Range(0, 3).Select(flow => SyntheticPair.Stormy(300 + 100 * flow, flow)).ToArray();
        byte[] Draw(Func<SyntheticPair, IEnumerable<Sighting>> side) => FormPens.Pcap(
            pairs.SelectMany((pair, flow) => side(pair).Select(one => new Sighting(one.Id | (uint)flow << 24, one.Time))).OrderBy(one => one.Time), 1, OfFlow);
        static byte[] OfFlow(uint id)
        {
            var frame = CapturePen.Frame(id & 0xFFFFFF);
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(34), (ushort)(1024 + (id >> 24)));
            return frame;
        }

        var evaluation = CapturePair.EvaluateBoth(
            new MemoryStream(Draw(pair => pair.Pre)), new MemoryStream(Draw(pair => pair.Post)),
            Lenient with { Identity = PacketIdentity.Flows }, TestContext.Current.CancellationToken);

        Assert.Equal([1024, 1025, 1026], evaluation.Flows.Select(flow => flow.SourcePort));
        Assert.All(evaluation.Flows, flow => Assert.Equal(23432, flow.DestinationPort));
        Assert.Equal(pairs.Select(pair => pair.Oracle().Lost), evaluation.Flows.Select(flow => flow.Lost));
        Assert.Equal(
            pairs.Select(pair => pair.Oracle().Latencies),
            evaluation.Flows.Select(flow => string.Join(' ', flow.Latencies.Values.Zip(flow.Latencies.Counts).SelectMany(one => Enumerable.Repeat(one.First, (int)one.Second)))));
    }

    [Fact]
    public void Ids_of_64_bits_in_any_order_are_told_as_the_definitions_say()
    {
        var random = new Random(4);
        var sequential = SyntheticPair.Stormy(1500, 9);
        var ids = new Dictionary<uint, ulong>();
        byte[] Frame(uint id)
        {
            if (!ids.TryGetValue(id, out var wide))
                ids[id] = wide = (ulong)random.NextInt64() << 1;
            var frame = CapturePen.Frame(0);
            BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(46), wide);
            return frame;
        }

        Assert.True(ByteRange.TryParse("payload:4+8", out var range));
        var options = Lenient with { Identity = PacketIdentity.Bytes, Bytes = range };

        var evaluation = SyntheticPair.Evaluate(FormPens.Pcap(sequential.Pre, 1, Frame), FormPens.Pcap(sequential.Post, 1, Frame), options);

        Assert.Equal(sequential.Oracle(), Truth.Of(evaluation));
        Assert.Equal("payload:4+8", evaluation.Identity);
    }

    [Fact]
    public void Shuffled_ids_are_told_as_the_definitions_say()
    {
        var random = new Random(5);
        var pair = SyntheticPair.Stormy(1500, 2);
        var shuffled = Enumerable.Range(0, 3000).Select(n => (uint)n + 900).ToArray();
        random.Shuffle(shuffled);
        Sighting Rename(Sighting one) => one with { Id = one.Id < 3000 ? shuffled[one.Id - 900] : one.Id };
        pair = new SyntheticPair([.. pair.Pre.Select(Rename)], [.. pair.Post.Select(Rename)]);

        Assert.Equal(pair.Oracle(), Truth.Of(pair.Evaluate(Lenient with { Identity = PacketIdentity.Moonsniff })));
    }

    [Fact]
    public void A_mask_leaves_out_what_the_device_changes()
    {
        byte[] Draw(IEnumerable<Sighting> packets, byte changed) => FormPens.Pcap(packets, 1, id =>
        {
            var frame = CapturePen.Frame(id);
            frame[44] = changed;
            return frame;
        });
        var pair = SyntheticPair.Calm(200);
        Assert.True(ByteRange.TryParse("frame:42+4&ffff00ff", out var range));

        var evaluation = SyntheticPair.Evaluate(Draw(pair.Pre, 1), Draw(pair.Post, 2), new EvaluationOptions { Identity = PacketIdentity.Bytes, Bytes = range });

        Assert.Equal(200, evaluation.Matched);
    }

    [Theory]
    [InlineData("payload:0+8", true)]
    [InlineData("frame:30+4&ffffff0f", true)]
    [InlineData("frame:30+4&ffff", false)]
    [InlineData("frame:30+0", false)]
    [InlineData("frame:30+65", false)]
    [InlineData("payload:-1+4", false)]
    [InlineData("header:0+4", false)]
    [InlineData("payload:0+4&gggggggg", false)]
    [InlineData("", false)]
    public void A_range_of_bytes_has_a_text_form(string text, bool good)
    {
        Assert.Equal(good, ByteRange.TryParse(text, out var range));
        Assert.Equal(good ? text : null, range?.ToString());
        Assert.Equal(good ? PacketIdentity.Bytes : null, Lenient.WithIdentity(text)?.Identity);
    }

    [Theory]
    [InlineData("automatic", PacketIdentity.Automatic)]
    [InlineData("hvnet", PacketIdentity.Hvnet)]
    [InlineData("moonsniff", PacketIdentity.Moonsniff)]
    [InlineData("flows", PacketIdentity.Flows)]
    [InlineData("HVNet", null)]
    public void An_identity_has_a_name(string name, PacketIdentity? identity) => Assert.Equal(identity, Lenient.WithIdentity(name)?.Identity);

    private static (int, int, long, long, long) Told(FlowEvaluation flow) =>
        (flow.SourcePort, flow.DestinationPort, flow.Lost, flow.Latencies.Count, flow.Latencies.Percentile(0.5));

    private static void AssertSame(LatencyEvaluation expected, LatencyEvaluation actual)
    {
        Assert.Equal(Truth.Of(expected), Truth.Of(actual));
        Assert.Equal(expected.Worst, actual.Worst);
        Assert.Equal(expected.Seconds, actual.Seconds);
        Assert.Equal(expected.Trimmed, actual.Trimmed);
        Assert.Equal(expected.Problems.Select(problem => problem.Kind), actual.Problems.Select(problem => problem.Kind));
    }
}
