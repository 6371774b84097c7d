using System.Globalization;
using Campaign.Captures.Outputs;
using Campaign.Testing;
using Xunit;

namespace Campaign.Captures.Tests.Outputs;

public sealed class PercentileTextSpecs
{
    private static readonly LatencyDistribution Golden = new(
        [.. Enumerable.Range(1, 10_000).Select(i => i * 1000L), 100_000_000], [.. Enumerable.Repeat(1L, 10_000), 3]);

    [Fact]
    public void It_has_the_rows_of_the_Java_library_with_exact_values_instead_of_bins()
    {
        var java = Rows(File.ReadAllText(TestData.Path("hdr/java.hgrm")));
        var own = Rows(PercentileText.Of(Golden));

        Assert.Equal(java.Select(r => r[1]), own.Select(r => r[1]));
        Assert.Equal(java.Select(r => r.Length), own.Select(r => r.Length));
        Assert.Equal(java.Select(r => r.ElementAtOrDefault(3)), own.Select(r => r.ElementAtOrDefault(3)));
        foreach (var (expected, actual) in java.Zip(own))
        {
            // Three digits: a bin is at most 0.1 % wide, and Java prints its upper edge.
            Assert.InRange(Number(actual[0]), Number(expected[0]) * 0.999, Number(expected[0]));
            Assert.InRange(Number(actual[2]), Number(expected[2]) - 10, Number(expected[2]));
        }
    }

    [Fact]
    public void The_maximum_is_the_largest_packet_and_not_the_edge_of_a_bin() =>
        Assert.Contains("#[Max     =   100000.000, Total count    =        10003]\n", PercentileText.Of(Golden), StringComparison.Ordinal);

    [Fact]
    public void One_packet_and_none_are_distributions_too()
    {
        Assert.Equal(2, Rows(PercentileText.Of(new LatencyDistribution([5], [1]))).Length);
        Assert.Empty(Rows(PercentileText.Of(new LatencyDistribution([], []))));
    }

    private static string[][] Rows(string text) =>
        [.. text.Split('\n').Where(l => l.Length > 0 && !l.StartsWith('#')).Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
