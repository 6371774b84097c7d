using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>
/// Two sweeps, or two choices of cells, as one sweep with an axis more, whose levels are the two sides: everything that compares levels of an axis then compares them.
/// </summary>
internal static class SideBySide
{
    /// <summary>Name of the axis that tells the sides apart.</summary>
    public const string Axis = "side";

    /// <param name="baseline">What the other side is held against.</param>
    /// <param name="other">The other side.</param>
    /// <exception cref="CampaignException">A filter is wrong, an axis is called <see cref="Axis"/>, the sides hold the same trials, or an axis keeps them from being matched (exit code 2); a side has no trial (7).</exception>
    public static StoredSweep Of(ComparedSide baseline, ComparedSide other)
    {
        ImmutableArray<ComparedSide> sides = [baseline, other];
        var chosen = sides.Select(s => s.Chosen()).ToImmutableArray();
        if (sides.Zip(chosen).FirstOrDefault(s => s.Second.IsEmpty).First is { } side)
        {
            throw new CampaignException($"No trial of {side.Name} is chosen by '{side.Filter}'.", ExitCode.Nothing, "'campaign show' lists the cells of a sweep.");
        }

        if (sides.FirstOrDefault(s => s.Stored.Sweep.Axes.Any(a => a.Name == Axis)) is { } named)
        {
            throw new CampaignException(
                $"The sweep {named.Stored.Sweep.Id} has an axis '{Axis}', which is what a comparison calls its own.", ExitCode.Usage, "Rename the axis in the campaign, or look at the sweep's own report: it compares the levels of all axes.");
        }

        if (baseline.Stored.Sweep.Id == other.Stored.Sweep.Id && chosen[0].Select(t => t.Id).Intersect(chosen[1].Select(t => t.Id)).Any())
        {
            throw new CampaignException(
                chosen[0].Select(t => t.Id).Order().SequenceEqual(chosen[1].Select(t => t.Id).Order()) ? "Both sides hold the same trials." : "Some trials are on both sides.", ExitCode.Usage, "Name two sweeps, or choose cells of one: campaign compare base:kernel=nohz base:kernel=rt");
        }

        var axes = SharedAxes.Of(sides, chosen);
        return new StoredSweep(other.Stored.Folder, Record(sides, chosen, axes), [.. sides.SelectMany((s, i) => Trials(s, chosen[i], i, axes))]);
    }

    private static SweepRecord Record(ImmutableArray<ComparedSide> sides, ImmutableArray<ImmutableArray<TrialHeader>> chosen, SharedAxes axes)
    {
        var (first, second) = (sides[0].Stored.Sweep, sides[1].Stored.Sweep);
        return second with
        {
            Id = $"{first.Id}-{second.Id}",
            Campaign = "compare",
            Title = $"{sides[1].Name} against {sides[0].Name}",
            Question = $"What differs between {sides[0].Name} and {sides[1].Name}, everything else equal?{axes.Said}",
            Testbed = Both(first.Testbed, second.Testbed),
            TestbedTitle = Both(first.TestbedTitle, second.TestbedTitle),
            Driver = Both(first.Driver, second.Driver),
            Simulated = first.Simulated || second.Simulated,
            Imported = Both(first.Imported, second.Imported),
            Sides = [first with { Title = sides[0].Name }, second with { Title = sides[1].Name }],
            Freshness = Both(first.Freshness, second.Freshness),
            Profile = Both(first.Profile, second.Profile),
            Parameters = [.. second.Parameters.Where(first.Parameters.Contains)],
            Axes = [new AxisRecord(Axis, "", [.. sides.Select(s => Value.Of(s.Name))]), .. axes.Axes],
            Excluded = [],
            Trials = [.. chosen.SelectMany((trials, i) => trials.Select(t => Header(sides[i], t, i, axes)))],
            Report = new ReportOptions { Compare = [Axis], RateTolerance = second.Report.RateTolerance },
            Gates = [],
            Provenance = second.Provenance with { Facts = [.. Facts(sides)] },
            Origins = [new SweepOrigin(first.Started, first.Provenance)],
        };
    }

    private static string Both(string first, string second) => first == second ? first : $"{first} and {second}";

    // Null where one of them was measured here: what holds for imported results does not hold for both.
    private static ImportRecord? Both(ImportRecord? first, ImportRecord? second) => first is null || second is null ? null
        : new ImportRecord(Both(first.Source, second.Source), Both(first.Format, second.Format), [.. first.Limits.Union(second.Limits)]);

    // Facts of the machines that both have are said once; of the others it is said whose they are.
    private static IEnumerable<Testbeds.Fact> Facts(ImmutableArray<ComparedSide> sides)
    {
        var (first, second) = (sides[0].Stored.Sweep.Provenance.Facts, sides[1].Stored.Sweep.Provenance.Facts);
        return second.Where(first.Contains)
            .Concat(first.Where(f => !second.Contains(f)).Select(f => f with { Name = $"{f.Name} ({sides[0].Name})" }))
            .Concat(second.Where(f => !first.Contains(f)).Select(f => f with { Name = $"{f.Name} ({sides[1].Name})" }))
            .OrderBy(f => f.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<StoredTrial> Trials(ComparedSide side, ImmutableArray<TrialHeader> chosen, int number, SharedAxes axes)
    {
        var wanted = chosen.Select(t => t.Id).ToHashSet();
        return side.Stored.Trials.Where(t => wanted.Contains(t.Header.Id)).Select(t => t with
        {
            Header = Header(side, t.Header, number, axes),
            Result = t.Result with { TrialId = IdOf(t.Header.Id, number) },
        });
    }

    private static TrialHeader Header(ComparedSide side, TrialHeader trial, int number, SharedAxes axes) => trial with
    {
        Id = IdOf(trial.Id, number),
        Cell = [KeyValuePair.Create(Axis, Value.Of(side.Name)), .. axes.Axes.SelectMany(a => trial.Cell.Where(v => v.Key == a.Name))],
    };

    /// <summary>Trials of one campaign have the same ids in all of its sweeps.</summary>
    public static string IdOf(string trial, int side) => $"{"ab"[side]}{trial}";

    /// <summary>The id that a trial has in its own sweep.</summary>
    /// <param name="id">By <see cref="IdOf"/>.</param>
    public static string TrialOf(string id) => id[1..];
}

/// <summary>One side of a comparison: a stored sweep, or those of its cells that a filter chooses.</summary>
/// <param name="Stored">The sweep.</param>
/// <param name="Filter">As for <c>--only</c>; empty: all cells.</param>
/// <param name="Name">What it is called in the comparison.</param>
internal sealed record ComparedSide(StoredSweep Stored, string Filter, string Name)
{
    /// <summary>The planned trials that take part.</summary>
    /// <exception cref="CampaignException">The filter names what there is not (exit code 2).</exception>
    public ImmutableArray<TrialHeader> Chosen()
    {
        if (Filter.Length == 0)
        {
            return Stored.Sweep.Trials;
        }

        var filter = CellFilter.Parse(Filter, StoredAxes.Of(Stored.Sweep, new SourceSpan(Name)));
        return [.. Stored.Sweep.Trials.Where(t => filter.Matches(StoredAxes.CellOf(t.Cell)))];
    }
}
