namespace Campaign.Conducting;

/// <summary>Watches a run from outside, for a person. It cannot change anything.</summary>
internal interface IRunObserver
{
    /// <summary>The testbed is reserved and the first trial is about to start.</summary>
    void Begin(RunBeginning beginning);

    /// <summary>Something happened and has been stored.</summary>
    void Happened(TrialEvent happened);
}

/// <summary>What is about to be run.</summary>
/// <param name="Sweep">Campaign and id: <c>quickstart/3f9a12bc40</c>.</param>
/// <param name="TestbedTitle">For people.</param>
/// <param name="Continued">Whether an unfinished sweep goes on.</param>
/// <param name="Selected">Trials that the command line selects.</param>
/// <param name="Remaining">Of those, trials without a result.</param>
/// <param name="Estimate">How long they will take.</param>
internal sealed record RunBeginning(
    string Sweep, string TestbedTitle, bool Continued, int Selected, int Remaining, TimeSpan Estimate);
