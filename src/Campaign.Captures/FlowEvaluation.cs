namespace Campaign.Captures;

/// <summary>One flow of a pair, by itself.</summary>
/// <param name="SourcePort">UDP or TCP port.</param>
/// <param name="DestinationPort">UDP or TCP port.</param>
/// <param name="Lost">Packets seen before the device, never behind.</param>
/// <param name="Latencies">Nanoseconds, of every match that the trim left.</param>
public sealed record FlowEvaluation(int SourcePort, int DestinationPort, long Lost, LatencyDistribution Latencies);
