using System.Globalization;

namespace Campaign.Analysis;

/// <summary>What happened to the packets beside being late.</summary>
internal static class TrafficFindings
{
    /// <summary>Offered rates, from the captures, against the asked ones.</summary>
    public static IEnumerable<Finding> OfRate(Evidenced evidence)
    {
        var tolerance = evidence.Sweep.Report.RateTolerance;
        var rated = evidence.Counted.Where(t => t.Trial.RateError is not null).ToArray();
        var off = rated.Where(t => Math.Abs(t.Trial.RateError!.Value) > tolerance).ToArray();
        if (off.Length > 0)
        {
            var worst = off.MaxBy(t => Math.Abs(t.Trial.RateError!.Value));
            yield return new Finding(
                FindingKind.Caution,
                string.Create(CultureInfo.InvariantCulture, $"The offered rate was off by more than {tolerance:0.## %} in {off.Length} of {Plural.Of(rated.Length, "trial")}; furthest ({worst.Trial.RateError:+0.0 %;−0.0 %}) in {evidence.NameOf(worst)}."),
                Evidence.Traffic);
        }
        else if (rated.Length > 0)
        {
            yield return new Finding(
                FindingKind.Result,
                string.Create(CultureInfo.InvariantCulture, $"The offered rate was within {tolerance:0.## %} of the asked one in {(rated.Length == evidence.Counted.Count() ? "every trial that counts" : $"each of the {Plural.Of(rated.Length, "trial")} that {(rated.Length == 1 ? "tells" : "tell")} it")}."),
                Evidence.Traffic);
        }
    }

    /// <summary>Packets that never arrived.</summary>
    public static IEnumerable<Finding> OfLoss(Evidenced evidence)
    {
        var measured = evidence.Counted.Where(t => t.Trial.Loss is not null).ToArray();
        var lossy = measured.Where(t => t.Trial.Loss > 0).ToArray();
        if (lossy.Length > 0)
        {
            var worst = lossy.MaxBy(t => t.Trial.Loss);
            yield return new Finding(
                FindingKind.Caution,
                string.Create(CultureInfo.InvariantCulture, $"Packets were lost in {lossy.Length} of {Plural.Of(measured.Length, "trial")}; most in {evidence.NameOf(worst)}: {worst.Trial.Evaluation!.Lost} packets, {worst.Trial.Loss * 1e6:0} ppm. A lost packet has no latency and is in no percentile."),
                Evidence.Traffic);
        }
        else if (measured.Length > 0)
        {
            yield return new Finding(FindingKind.Result, measured.Length == evidence.Counted.Count() ? "No packet was lost in any trial that counts." : $"No packet was lost in any of the {Plural.Of(measured.Length, "trial")} that {(measured.Length == 1 ? "tells" : "tell")} it.", Evidence.Traffic);
        }
    }

    /// <summary>Packets that arrived twice, or after one that was sent later.</summary>
    public static IEnumerable<Finding> OfOrder(Evidenced evidence)
    {
        var reordered = evidence.Counted.Where(t => t.Trial.Evaluation!.Reordered > 0).ToArray();
        var duplicated = evidence.Counted.Where(t => t.Trial.Evaluation!.DuplicatesPost > 0).ToArray();
        if (reordered.Length + duplicated.Length > 0)
        {
            yield return new Finding(
                FindingKind.Caution,
                $"{Plural.Of(reordered.Sum(t => t.Trial.Evaluation!.Reordered), "packet")} arrived out of order (in {Plural.Of(reordered.Length, "trial")}), {Plural.Of(duplicated.Sum(t => t.Trial.Evaluation!.DuplicatesPost), "packet")} more than once (in {Plural.Of(duplicated.Length, "trial")}).",
                Evidence.Traffic);
        }
    }
}
