namespace Campaign.Planning;

/// <summary>How many cells are measured at each level of an axis.</summary>
internal static class LevelUse
{
    public static int[] Count(CellGrid grid, int axis, int levels)
    {
        var used = new int[levels];
        for (var cell = 0; cell < grid.Cells.Length; cell++)
        {
            if (grid.Level(cell, axis) is >= 0 and var level)
            {
                used[level]++;
            }
        }

        return used;
    }
}
