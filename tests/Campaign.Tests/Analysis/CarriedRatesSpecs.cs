using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Conducting;
using Campaign.Storage;
using Campaign.Testbeds;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Analysis;

public sealed class CarriedRatesSpecs
{
    private static readonly SweepRecord Planned = SweepSamples.Sweep(12);

    [Fact]
    public void The_highest_clean_rate_is_headroom()
    {
        Assert.Equal([1000, 2000], Carried((1000, 0, 0), (2000, 0, 0), (5000, 0, 0), (10_000, 3, 0)));
        Assert.Equal([1000, 2000], Carried((1000, 0, 0), (2000, 0, 100), (5000, 0, 101)));
        Assert.Empty(Carried((1000, 0, 101), (2000, 0, 0)));
    }

    [Fact]
    public void Where_nothing_fails_every_rate_counts()
    {
        Assert.Equal([1000, 2000, 5000], Carried((5000, 0, 0), (1000, 0, 0), (2000, 0, 100)));
    }

    [Fact]
    public void One_repeat_that_fails_is_enough()
    {
        Assert.Equal([1000], Carried((1000, 0, 0), (1000, 0, 0), (2000, 0, 0), (2000, 0, 0), (5000, 0, 0), (5000, 1, 0), (10_000, 0, 0)));
        Assert.Empty(Carried((1000, 0, 0), (2000, 1, 0)));
        Assert.Empty(Carried((1000, 1, 0)));
    }

    /// <param name="trials">Rates with packets lost and packets that left late, of 1000.</param>
    private static ImmutableArray<double> Carried(params (double Rate, long Lost, long Late)[] trials) => CarriedRates.Of(new StoredSweep(
        "", Planned, [.. trials.Select((t, i) => new StoredTrial(Planned.Id, Planned.Trials[i], "", Result(t.Rate, t.Lost, t.Late), []))]));

    private static TrialResult Result(double rate, long lost, long late)
    {
        var result = SweepSamples.Result(Planned, 0);
        var measurement = result.Measurement!;
        return result with
        {
            Measurement = new TrialMeasurement(
                measurement.Evaluation with { Lost = lost },
                measurement.Asked with { Rate = rate },
                measurement.Outcome with { Intended = 1000, Sent = 1000, Late = late }),
        };
    }
}
