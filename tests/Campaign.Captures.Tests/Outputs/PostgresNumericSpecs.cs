using System.Formats.Tar;
using System.Globalization;
using Campaign.Captures.Outputs;
using Campaign.Testing;
using Xunit;
using ZstdSharp;

namespace Campaign.Captures.Tests.Outputs;

/// <summary>Numbers as PostgreSQL printed them into 504 published result sets.</summary>
public sealed class PostgresNumericSpecs
{
    [Theory]
    [InlineData("1", "1.0", "1.00000000000000000000")]
    [InlineData("16514448", "16514489", "0.99999751733159893715")]
    [InlineData("16514489", "165", "100087.812121212121")]
    [InlineData("1643732", "165", "9962.0121212121212121")]
    [InlineData("1", "0.95", "1.0526315789473684")]
    [InlineData("0", "7", "0.00000000000000000000")]
    public void Quotients_have_as_many_decimals_as_PostgreSQL_gives_them(string dividend, string divisor, string printed) =>
        Assert.Equal(printed, PostgresNumeric.Divide(dividend, divisor));

    [Fact]
    public void Every_quotient_of_the_published_sets_comes_out_to_the_last_digit()
    {
        var quotients = 0;
        foreach (var (name, lines) in Published())
        {
            if (name.Contains(".percentiles.", StringComparison.Ordinal))
                quotients += CheckPercentiles(lines);
            else if (name.Contains(".transferrate.", StringComparison.Ordinal) && lines.Length > 1)
                quotients += CheckRates(lines[1].Split(','));
        }

        Assert.InRange(quotients, 138_000, 140_000);
    }

    private static int CheckPercentiles(string[] lines)
    {
        foreach (var cells in lines[1..].Select(line => line.Split(',')))
            Assert.Equal(cells[2], PostgresNumeric.Divide("1", PostgresNumeric.Complement(cells[0])));
        return Math.Max(0, lines.Length - 1);
    }

    private static int CheckRates(string[] cells)
    {
        if (cells[0] is "0" or "" || cells[3] == "")
            return 0;

        Assert.Equal(cells[2], PostgresNumeric.Divide(cells[1], cells[0]));
        var seconds = (long)Math.Round(double.Parse(cells[0], CultureInfo.InvariantCulture) / double.Parse(cells[3], CultureInfo.InvariantCulture));
        Assert.Equal(cells[3], PostgresNumeric.Divide(cells[0], seconds.ToString(CultureInfo.InvariantCulture)));
        return 2;
    }

    private static IEnumerable<(string Name, string[] Lines)> Published()
    {
        using var tar = new TarReader(File.OpenRead(TestData.Path("corpus/containerized-low-latency.tar")));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null || !entry.Name.EndsWith(".csv.zst", StringComparison.Ordinal)
                || !(entry.Name.Contains(".percentiles.", StringComparison.Ordinal) || entry.Name.Contains(".transferrate.", StringComparison.Ordinal)))
                continue;
            using var text = new StreamReader(new DecompressionStream(entry.DataStream));
            yield return (entry.Name, text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
