namespace Campaign.Analysis.Statistics;

/// <summary>The one place where a series changes its level most clearly, by least squares. It always answers: whether the change is one, <see cref="Trend"/> or the eye decides.</summary>
/// <remarks>Source: D. V. Hinkley, "Inference about the change-point in a sequence of random variables", Biometrika 57(1), 1970.</remarks>
/// <param name="Before">Values before the change.</param>
/// <param name="MeanBefore">Of those.</param>
/// <param name="MeanAfter">Of the others.</param>
/// <param name="Error">Sum of squares around the two means.</param>
internal readonly record struct ChangePoint(int Before, double MeanBefore, double MeanAfter, double Error)
{
    /// <param name="series">In the order of time, at least two.</param>
    public static ChangePoint Of(IReadOnlyList<double> series)
    {
        var best = new ChangePoint(0, 0, 0, double.PositiveInfinity);
        var (total, squares, sum) = (series.Sum(), series.Sum(v => v * v), 0.0);
        for (var k = 1; k < series.Count; k++)
        {
            sum += series[k - 1];
            var (before, after) = (sum / k, (total - sum) / (series.Count - k));
            var error = squares - (k * before * before) - ((series.Count - k) * after * after);
            best = error < best.Error ? new ChangePoint(k, before, after, error) : best;
        }

        return best;
    }
}
