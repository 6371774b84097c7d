using System.Globalization;
using System.Numerics;
using Campaign.Captures;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>HdrHistogram's own readers of logs, in Java and in JavaScript, and what they have to find. Both programs print alike.</summary>
internal static class HistogramOracle
{
    private const string Jar = "/usr/share/java/hdrhistogram.jar";

    private static readonly string Programs = Path.Combine(TestData.ProjectRoot, "tests/Campaign.EndToEnd/Oracles");
    private static readonly string Modules = Path.Combine(TestData.ProjectRoot, ".artifacts/oracles/node_modules");

    /// <summary>What a language's library reads, a line for each interval; skips the test where the library is absent.</summary>
    public static async Task<string[]> ReadAsync(string language, string log)
    {
        var ended = language == "Java" ? await JavaAsync(log) : await JavaScriptAsync(log);
        Assert.True(ended.Code == 0, ended.ToString());
        return ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The line of an interval: tag, begin and end in ms, packets, maximum, p50, p99, p99.9 and p100, then each bin that is not empty.</summary>
    /// <param name="tag">May be empty.</param>
    /// <param name="begin">Milliseconds since 1970.</param>
    /// <param name="end">The same.</param>
    /// <param name="latencies">Exact.</param>
    public static string Line(string tag, long begin, long end, LatencyDistribution latencies)
    {
        var percentiles = new[] { 1, 0.5, 0.99, 0.999, 1 }.Select(p => latencies.Count == 0 ? 0 : Edge(latencies.Percentile(p)));
        var bins = latencies.Values.Zip(latencies.Counts).GroupBy(v => Edge(v.First), v => v.Second);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(tag.Length == 0 ? "-" : tag)} {begin} {end} {latencies.Count} {string.Join(' ', percentiles)}: {string.Join(' ', bins.Select(b => $"{b.Key}x{b.Sum()}"))}");
    }

    // With three digits, 2048 bins of 1 reach from 0; from there on each doubling has 1024. HdrHistogram tells a value by the last one of its bin.
    private static long Edge(long value)
    {
        var width = Math.Max(1, (long)BitOperations.RoundUpToPowerOf2((ulong)value + 1) / 2048);
        return (value / width * width) + width - 1;
    }

    private static Task<Ended> JavaAsync(string log)
    {
        ForeignProgram.Need("javac", "default-jdk-headless");
        Assert.SkipUnless(File.Exists(Jar), $"There is no {Jar}. Debian has it in libhdrhistogram-java.");
        return ForeignProgram.RunAsync("java", Programs, "-cp", Jar, "Reader.java", log);
    }

    private static Task<Ended> JavaScriptAsync(string log)
    {
        ForeignProgram.Need("node", "nodejs");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Modules, "hdr-histogram-js")), $"There is no hdr-histogram-js in {Modules}. .ci/run puts it there.");
        return ForeignProgram.RunAsync("node", Programs, "reader.mjs", Modules, log);
    }
}
