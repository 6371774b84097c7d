using System.Collections.Immutable;

namespace Campaign.Planning;

/// <summary>
/// Axes that change together: wherever both apply, each level of one goes with exactly one level of the other, and there are
/// two levels at least. No analysis can tell the effects of such axes apart.
/// </summary>
internal static class AliasedAxes
{
    /// <summary>Groups of two axes or more, by index, each in ascending order.</summary>
    public static ImmutableArray<ImmutableArray<int>> Find(CellGrid grid)
    {
        var groups = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var grouped = new HashSet<int>();
        for (var a = 0; a < grid.AxisCount; a++)
        {
            ImmutableArray<int> group = grouped.Contains(a)
                ? []
                : [a, .. Enumerable.Range(a + 1, grid.AxisCount - a - 1).Where(b => ChangeTogether(grid, a, b))];
            if (group.Length > 1)
            {
                groups.Add(group);
                grouped.UnionWith(group);
            }
        }

        return groups.ToImmutable();
    }

    private static bool ChangeTogether(CellGrid grid, int a, int b)
    {
        var (forth, back) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        for (var cell = 0; cell < grid.Cells.Length; cell++)
        {
            var (x, y) = (grid.Level(cell, a), grid.Level(cell, b));
            var bothApply = x != CellGrid.DoesNotApply && y != CellGrid.DoesNotApply;
            if (bothApply && !(Agrees(forth, x, y) && Agrees(back, y, x)))
            {
                return false;
            }
        }

        return forth.Count > 1;
    }

    private static bool Agrees(Dictionary<int, int> partners, int level, int partner) =>
        partners.TryAdd(level, partner) || partners[level] == partner;
}
