using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Captures;
using Campaign.Importing;

namespace Campaign.Reporting.Html.Sections;

/// <summary>What an interrupt recorder saw while packets waited, where it shares the captures' clock.</summary>
internal static class StallInterrupts
{
    private const int NamedAtMost = 3;

    /// <summary>The interrupts on the packet CPUs that came most above their mean in the interval of the recording in which the stall began.</summary>
    public static string Of(ReportInput input, TrialAnalysis trial, Stall stall)
    {
        if (!input.Analysis.Interrupts.TryGetValue(trial.Id, out var recording))
        {
            return "not recorded";
        }

        if (!recording.SharesClock)
        {
            return "recorded on another clock";
        }

        var seen = PacketInterrupts.Of(trial, recording).Recording.Series;
        var found = recording.Ends.BinarySearch(stall.Begin);
        var interval = found < 0 ? ~found : found;
        if (interval >= recording.Ends.Length)
        {
            return "outside the recording";
        }

        string[] above =
        [
            .. seen.Select(s => (Series: s, Count: s.Counts[interval], Mean: Mean(s)))
                .Where(s => s.Count > 2 * s.Mean).OrderByDescending(s => s.Count / s.Mean).Take(NamedAtMost)
                .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Series.Name} {s.Count}× (else {s.Mean:0.##})")),
        ];
        return above.Length == 0 ? "none more often than usual" : string.Join(", ", above);
    }

    private static double Mean(InterruptSeries series) => Math.Max(1e-9, series.Counts.Average(c => (double)c));
}
