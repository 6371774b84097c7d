using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Units;

namespace Campaign.Planning;

/// <summary>One place in the order of execution: which cell, which repeat (0-based), in which block.</summary>
internal readonly record struct TrialSlot(int Cell, int Repeat, int Block);

/// <summary>
/// The order of trials. <see cref="TrialOrder.Blocked"/> is a split-plot design: the boot state is the whole plot, since it is
/// dear to change, and the cells within it are the split plots. Every block has every boot state and every cell once, so that
/// drift over hours falls on all of them alike.
/// </summary>
internal static class TrialOrdering
{
    /// <param name="order">Which design.</param>
    /// <param name="stateOfCell">For each cell its boot state.</param>
    /// <param name="repeats">Trials per cell.</param>
    /// <param name="random">Decides everything that the design leaves open.</param>
    public static TrialSlot[] Of(TrialOrder order, ImmutableArray<int> stateOfCell, int repeats, SeededRandom random) => order switch
    {
        TrialOrder.Blocked => Blocked(stateOfCell, repeats, random),
        TrialOrder.Random => Random(stateOfCell.Length, repeats, random),
        _ => AsWritten(stateOfCell.Length, repeats),
    };

    private static TrialSlot[] Blocked(ImmutableArray<int> stateOfCell, int repeats, SeededRandom random)
    {
        int[][] cellsOfState = [.. stateOfCell.Index().GroupBy(c => c.Item, c => c.Index).OrderBy(g => g.Key).Select(g => g.ToArray())];
        int[] states = [.. Enumerable.Range(0, cellsOfState.Length)];
        var slots = new TrialSlot[stateOfCell.Length * repeats];
        var next = 0;
        for (var block = 0; block < repeats; block++)
        {
            var running = states[^1];
            random.Shuffle<int>(states);
            if (block > 0)
            {
                // The state that still runs goes first, which saves a boot; the order of the others stays uniformly random.
                var place = Array.IndexOf(states, running);
                (states[0], states[place]) = (states[place], states[0]);
            }

            foreach (var state in states)
            {
                var cells = cellsOfState[state];
                random.Shuffle<int>(cells);
                foreach (var cell in cells)
                {
                    slots[next++] = new TrialSlot(cell, block, block);
                }
            }
        }

        return slots;
    }

    private static TrialSlot[] Random(int cells, int repeats, SeededRandom random)
    {
        var slots = AsWritten(cells, repeats);
        random.Shuffle<TrialSlot>(slots);
        return slots;
    }

    private static TrialSlot[] AsWritten(int cells, int repeats)
    {
        var slots = new TrialSlot[cells * repeats];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = new TrialSlot(i / repeats, i % repeats, Block: 0);
        }

        return slots;
    }
}
