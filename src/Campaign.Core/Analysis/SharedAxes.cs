using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>The axes by which cells of two sweeps are matched.</summary>
/// <param name="Axes">In the order of the baseline's, with the levels of both.</param>
/// <param name="Said">What is fixed, on both sides alike or on each differently, as sentences with a space before each.</param>
internal sealed record SharedAxes(ImmutableArray<AxisRecord> Axes, string Said)
{
    /// <summary>
    /// An axis of both is shared, unless it has the same single level everywhere. One that is fixed on each side, to different levels or on one side only, is part of what tells the
    /// sides apart. Any other keeps cells from being matched.
    /// </summary>
    /// <param name="sides">The baseline and the other.</param>
    /// <param name="chosen">Their trials.</param>
    /// <exception cref="CampaignException">An axis of one side has several levels there, of which none was chosen (exit code 2).</exception>
    public static SharedAxes Of(ImmutableArray<ComparedSide> sides, ImmutableArray<ImmutableArray<TrialHeader>> chosen)
    {
        var levels = chosen.Select(Levels).ToArray();
        var shared = ImmutableArray.CreateBuilder<AxisRecord>();
        var (alike, apart) = (new List<string>(), new List<string>());
        foreach (var axis in sides.SelectMany(s => s.Stored.Sweep.Axes).DistinctBy(a => a.Name))
        {
            ImmutableArray<Value>[] here = [.. levels.Select(l => l.GetValueOrDefault(axis.Name, []))];
            ImmutableArray<Value> all = [.. axis.Values.Where(v => here.Any(l => l.Contains(v))), .. here[1].Where(v => !axis.Values.Contains(v))];
            if (all.IsEmpty)
            {
                // A conditional axis of which no chosen cell has a level.
                continue;
            }

            if (all.Length == 1 && here.All(l => l.Length == 1))
            {
                alike.Add($"{axis.Name} {all[0]}");
            }
            else if (here[0].Any(here[1].Contains))
            {
                shared.Add(axis with { Values = all });
            }
            else if (here.All(l => l.Length <= 1))
            {
                apart.Add($"{axis.Name} {string.Join(" and ", here.Select(l => l.Length == 0 ? "not an axis" : l[0].ToString()))}");
            }
            else
            {
                var several = here[0].Length > 1 ? 0 : 1;
                throw new CampaignException(
                    here[1 - several].IsEmpty
                        ? $"Only {sides[several].Name} has the axis {axis.Name}, with {string.Join(", ", here[several])}: cells of the two cannot be matched."
                        : $"The sides have no level of {axis.Name} in common: {string.Join(", ", here[0])} and {string.Join(", ", here[1])}.",
                    ExitCode.Usage, $"Choose one level: '{sides[several].Stored.Sweep.Id}:{axis.Name}={here[several][0]}'");
            }
        }

        return new SharedAxes(shared.ToImmutable(), Sentence("Both have", alike) + Sentence("They differ in", apart));
    }

    private static string Sentence(string beginning, List<string> parts) => parts.Count == 0 ? "" : $" {beginning} {string.Join(", ", parts)}.";

    private static Dictionary<string, ImmutableArray<Value>> Levels(ImmutableArray<TrialHeader> trials) =>
        trials.SelectMany(t => t.Cell).GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.Select(v => v.Value).Distinct().ToImmutableArray());
}
