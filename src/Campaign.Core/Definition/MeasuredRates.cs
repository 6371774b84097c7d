using System.Collections.Immutable;
using System.Globalization;

namespace Campaign.Definition;

/// <summary>Packet rates in pkt/s that a testbed was measured to carry on this machine; they take the place of those in its file.</summary>
internal static class MeasuredRates
{
    /// <summary>Ascending; empty: nobody has measured them here.</summary>
    public static ImmutableArray<double> Find(string testbed) => File.Exists(FileOf(testbed))
        ? [.. File.ReadLines(FileOf(testbed)).Select(l => double.Parse(l, CultureInfo.InvariantCulture))]
        : [];

    /// <exception cref="Diagnostics.CampaignException">The cache cannot be written.</exception>
    public static void Keep(string testbed, ImmutableArray<double> rates)
    {
        CacheFolder.Make("rates");
        File.WriteAllLines(FileOf(testbed), rates.Select(r => r.ToString("R", CultureInfo.InvariantCulture)));
    }

    /// <summary>Several machines may share a home.</summary>
    private static string FileOf(string testbed) => Path.Combine(CacheFolder.Path, "rates", $"{Environment.MachineName}-{testbed}");
}
