namespace Campaign.Captures;

/// <summary>Packets of one capture in a second, counted from its first packet; seconds without a packet are left out.</summary>
/// <param name="Begin">Nanoseconds since the epoch of the capture's clock.</param>
/// <param name="Packets">At least one.</param>
public readonly record struct RateSecond(long Begin, long Packets);
