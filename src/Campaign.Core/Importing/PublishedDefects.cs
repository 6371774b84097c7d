using System.Globalization;

namespace Campaign.Importing;

/// <summary>Something wrong with a published result set.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Reason">A sentence with the numbers.</param>
internal sealed record PublishedDefect(DefectKind Kind, string Reason)
{
    /// <summary>Whether the latencies of the set mean nothing, so that it counts nowhere.</summary>
    public bool Excludes => Kind < DefectKind.File;
}

/// <summary>Kinds of defects. From <see cref="File"/> on the latencies still count.</summary>
internal enum DefectKind
{
    /// <summary>Neither capture was imported.</summary>
    Nothing,

    /// <summary>One of the two captures was not imported.</summary>
    OneSide,

    /// <summary>Both captures have packets, but none was found in both.</summary>
    NoMatch,

    /// <summary>The captures are cut, and end in zeros that were read as packets.</summary>
    ZeroTail,

    /// <summary>A file that is missing, empty or damaged, or that contradicts another.</summary>
    File,

    /// <summary>Many packets behind the device have no latency.</summary>
    Unmatched,

    /// <summary>More packets behind the device than before it.</summary>
    PreLoss,
}

/// <summary>Looks for what is known to go wrong in HVNet's pipeline without anybody being told.</summary>
internal static class PublishedDefects
{
    private const double UnmatchedShare = 0.01;
    private const double Implausible = 10;
    private const int PcapHeader = 24;
    private const int PcapRecord = 16;
    private const int SnapLength = 64;

    public static IEnumerable<PublishedDefect> Of(PublishedSet set)
    {
        if (Whole(set) is { } whole)
        {
            yield return whole;
        }

        foreach (var (_, file, why) in set.Unusable)
        {
            yield return new PublishedDefect(DefectKind.File, $"{file} {why}; what it says is not known.");
        }

        if (set.Matched > 0 && set.Post > 0 && (double)(set.Post - set.Matched) / set.Post > UnmatchedShare)
        {
            yield return Defect(DefectKind.Unmatched, $"{(double)(set.Post - set.Matched) / set.Post:0.00 %} of the packets behind the device have no latency ({set.Post - set.Matched} of {set.Post}): the percentiles are of the others.");
        }

        if (set.Pre > 0 && set.Post > set.Pre)
        {
            yield return Defect(DefectKind.PreLoss, $"{set.Post - set.Pre} packets more were counted behind the device ({set.Post}) than before it ({set.Pre}): the tap before lost packets, so the device's loss is not known.");
        }
    }

    private static PublishedDefect? Whole(PublishedSet set) => (set.Pre, set.Post, set.Matched) switch
    {
        _ when set.Unusable.Any(u => u.Kind is "stats" or "hist") && set.Matched == 0 => new PublishedDefect(DefectKind.Nothing, "The set has no counts or no histogram."),
        (0, 0, _) => new PublishedDefect(DefectKind.Nothing, "Nothing was imported: the set counts 0 packets before and behind the device, and every table is empty. The evaluation that wrote it failed without saying so."),
        (0, var post, _) => Defect(DefectKind.OneSide, $"The capture before the device was not imported: 0 packets before, {post} behind."),
        (var pre, 0, _) => Defect(DefectKind.OneSide, $"The capture behind the device was not imported: {pre} packets before, 0 behind."),
        (var pre, var post, 0) => Defect(DefectKind.NoMatch, $"No packet was matched, although {pre} were counted before and {post} behind the device: the two captures are not of one trial, or their keys differ."),
        _ => ZeroTail(set),
    };

    // A preallocated file that was never cut to size reads as packets of time 0: all of them in the first second.
    private static PublishedDefect? ZeroTail(PublishedSet set)
    {
        if (set.RatePre.Length < 3)
        {
            return null;
        }

        var usual = set.RatePre.Select(s => s.Count).Order().ElementAt(set.RatePre.Length / 2);
        var first = set.RatePre[0].Count;
        return first > Implausible * usual
            ? Defect(DefectKind.ZeroTail, $"The captures are cut: {first} packets are counted in the first second before the device, {first / (double)usual:0} times a usual one, which is a tail of zeros read as packets{FullFile(set.Post)}. The latencies are of the part before the cut.")
            : null;
    }

    private static string FullFile(long post) =>
        Enumerable.Range(20, 30).Where(bits => ((1L << bits) - PcapHeader) / (PcapRecord + SnapLength) == post).Select(bits =>
            string.Create(CultureInfo.InvariantCulture, $", and behind it exactly the {post} packets that fit into 2^{bits} bytes")).FirstOrDefault("");

    private static PublishedDefect Defect(DefectKind kind, FormattableString reason) => new(kind, reason.ToString(CultureInfo.InvariantCulture));
}
