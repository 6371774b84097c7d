using System.Collections.Immutable;
using Campaign.Captures;
using Campaign.Captures.Outputs;

namespace Campaign.Importing;

/// <summary>The latencies of each second of a trial, from the HdrHistogram log in its folder.</summary>
internal static class SecondsLog
{
    /// <param name="path">As the trial wrote it.</param>
    /// <returns>Empty when the file is damaged: then nobody knows how well the trial knows its own percentiles, and its figures, which lie in the database, are as good as ever.</returns>
    public static ImmutableArray<LatencyDistribution> Read(string path)
    {
        try
        {
            using var file = new StreamReader(path);
            return [.. HistogramLogReader.Read(file).Select(i => i.Latencies)];
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
