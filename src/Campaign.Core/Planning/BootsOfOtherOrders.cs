namespace Campaign.Planning;

/// <summary>What other orders of the same trials would cost in boots.</summary>
internal static class BootsOfOtherOrders
{
    /// <summary>
    /// Boots of a random order (its expectation: neighbours differ with probability 1 − Σ n(n−1) / N(N−1), for states with n of N trials)
    /// and of the order as written.
    /// </summary>
    public static (int Random, int AsWritten) Count(Plan plan)
    {
        var stateOfCell = new int[plan.Cells.Length];
        var trials = new double[plan.BootStates.Length];
        foreach (var trial in plan.Trials)
        {
            stateOfCell[trial.Cell] = trial.BootState;
            trials[trial.BootState]++;
        }

        double all = plan.Trials.Length;
        var same = trials.Sum(n => n * (n - 1)) / (all * (all - 1));
        var asWritten = 1 + stateOfCell.Zip(stateOfCell.Skip(1)).Count(pair => pair.First != pair.Second);
        return ((int)Math.Round(1 + ((all - 1) * (1 - same))), asWritten);
    }
}
