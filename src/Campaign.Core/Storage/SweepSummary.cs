using Campaign.Conducting;

namespace Campaign.Storage;

/// <summary>A sweep in a list: what it is and how far it is.</summary>
/// <param name="Folder">The sweep's folder.</param>
/// <param name="Sweep">What was intended; without its trials.</param>
/// <param name="Planned">Trials of the whole sweep.</param>
/// <param name="Ok">Trials that ended <see cref="TrialState.Ok"/>.</param>
/// <param name="Degraded">… <see cref="TrialState.Degraded"/>.</param>
/// <param name="NotAttested">… <see cref="TrialState.Invalid"/>.</param>
/// <param name="Failed">… <see cref="TrialState.Failed"/>.</param>
internal sealed record SweepSummary(string Folder, SweepRecord Sweep, int Planned, int Ok, int Degraded, int NotAttested, int Failed)
{
    public int Finished => Ok + Degraded + NotAttested + Failed;

    public bool IsComplete => Finished == Planned;
}
