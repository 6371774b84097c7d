using System.Collections.Immutable;
using System.Globalization;
using Campaign.Captures;
using Campaign.Captures.Outputs;
using Campaign.Diagnostics;

namespace Campaign.Importing;

/// <summary>The latencies of each second of a trial, from the HdrHistogram log in its folder.</summary>
internal static class SecondsLog
{
    /// <param name="path">As the trial wrote it.</param>
    /// <exception cref="CampaignException">The file is damaged (exit code 3).</exception>
    public static ImmutableArray<LatencyDistribution> Read(string path)
    {
        try
        {
            using var file = new StreamReader(path);
            return [.. HistogramLogReader.Read(file).Select(i => i.Latencies)];
        }
        catch (FormatException e)
        {
            throw new CampaignException(
                string.Create(CultureInfo.InvariantCulture, $"{path} is no log of the trial's seconds: {e.Message}"), ExitCode.Definition, "Delete it: the report then has no intervals within this trial.", e);
        }
    }
}
