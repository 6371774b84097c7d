namespace Campaign.Captures;

/// <summary>Both evaluations that HVNet makes of a pair, from one reading of it.</summary>
/// <param name="All">Every matched packet that the trim left.</param>
/// <param name="Filtered">Of those, the packets that arrive more than one second after the first.</param>
public sealed record PairEvaluation(LatencyEvaluation All, LatencyEvaluation Filtered);
