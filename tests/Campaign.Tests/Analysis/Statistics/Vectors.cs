using System.Text.Json;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Analysis.Statistics;

/// <summary>Test vectors of R 4.2 and scipy 1.10, by group.</summary>
internal static class Vectors
{
    public static JsonElement Group(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestData.Path("stat-vectors.json")));
        return document.RootElement.GetProperty(name).Clone();
    }

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static double[] Numbers(this JsonElement element, string name) => Numbers(element.GetProperty(name));

    public static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(e => e.GetDouble())];

    /// <summary>Within a relative tolerance; vectors have ten digits.</summary>
    public static void Near(double expected, double actual, double relative = 1e-8) =>
        Assert.True(Math.Abs(expected - actual) <= Math.Max(Math.Abs(expected) * relative, 1e-12), $"expected {expected:R}, got {actual:R}");

    public static void Near(double[] expected, (double Low, double High)? actual, double relative = 1e-8)
    {
        Near(expected[0], actual!.Value.Low, relative);
        Near(expected[1], actual.Value.High, relative);
    }

    /// <summary>A linear congruential generator that needs no library: uniform in [−0.5, 0.5).</summary>
    public static IEnumerable<double> Lcg(int count, long seed = 12345)
    {
        for (var i = 0; i < count; i++)
        {
            seed = ((1103515245 * seed) + 12345) % (1L << 31);
            yield return (seed / (double)(1L << 31)) - 0.5;
        }
    }
}
