using System.Buffers.Binary;
using Campaign.Units;
using Xunit;

namespace Campaign.Tests.Units;

public sealed class SeededRandomSpecs
{
    /// <summary>Reference: the authors' xoshiro256starstar.c, started at the state 1, 2, 3, 4.</summary>
    [Fact]
    public void It_gives_the_numbers_of_the_reference_implementation()
    {
        var state = new byte[32];
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(state.AsSpan(8 * i), (ulong)(i + 1));
        }

        var random = new SeededRandom(state);
        Assert.Equal(
            [11520UL, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576],
            Enumerable.Range(0, 10).Select(_ => random.NextBits()));
    }

    [Fact]
    public void It_stays_within_its_bound()
    {
        var random = new SeededRandom(1);
        Assert.All(Enumerable.Range(1, 2000), bound => Assert.InRange(random.Below(bound), 0, bound - 1));
        Assert.All(Enumerable.Range(1, 2000), _ => Assert.InRange(random.NextDouble(), 0, 1));
        Assert.InRange(new SeededRandom(long.MinValue).Below(int.MaxValue), 0, int.MaxValue - 1);
    }

    [Fact]
    public void A_shuffle_keeps_every_item()
    {
        var items = Enumerable.Range(0, 100).ToArray();
        new SeededRandom(7).Shuffle<int>(items);
        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }
}
