using System.Collections.Immutable;
using Campaign.Definition;

namespace Campaign.Planning;

/// <summary>The cells that a campaign measures, with the level of every axis as a small number beside its value.</summary>
/// <param name="Cells">In the order of the axes; the last axis runs fastest.</param>
/// <param name="Excluded">What each exclusion removed, in the order of declaration.</param>
/// <param name="Levels">
/// For each cell, for each axis: index into <see cref="Axis.Values"/>, or <see cref="DoesNotApply"/>.
/// </param>
/// <param name="AxisCount">Entries of <paramref name="Levels"/> per cell.</param>
internal sealed record CellGrid(ImmutableArray<Cell> Cells, ImmutableArray<ExcludedCells> Excluded, ImmutableArray<int> Levels, int AxisCount)
{
    public const int DoesNotApply = -1;

    public int Level(int cell, int axis) => Levels[(cell * AxisCount) + axis];
}
