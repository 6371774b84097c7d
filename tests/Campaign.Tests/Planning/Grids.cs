using System.Collections.Immutable;
using Campaign.Definition;
using CsCheck;

namespace Campaign.Tests.Planning;

/// <summary>Random campaigns: up to four axes, some of which decide what is booted.</summary>
internal static class Grids
{
    public static Gen<CampaignDefinition> Campaigns =>
        Gen.Select(Gen.Int[1, 4].Array[1, 4], Gen.Int[1, 4], Gen.Int[0, 2], Gen.Long[0, 1000], (levels, repeats, booting, seed) =>
            Define.Campaign([.. levels.Select((n, i) => Define.Axis($"axis_{i}", [.. Enumerable.Range(0, n).Cast<object>()]))]) with
            {
                Repeats = repeats,
                Seed = seed,
                Testbed = Define.Testbed() with { Kernels = [] },
                Boot = booting == 0 ? null : c => BootByFirst(c, booting),
            });

    private static ImmutableSortedDictionary<string, BootRequest> BootByFirst(Cell cell, int axes) =>
        ImmutableSortedDictionary<string, BootRequest>.Empty.Add(
            "dut", new BootRequest(null, "kernel-" + string.Join('-', cell.Values.Take(axes)), null));
}
