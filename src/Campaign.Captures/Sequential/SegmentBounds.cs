namespace Campaign.Captures.Sequential;

/// <summary>A stretch of both captures: byte ranges that begin and end at records, and the ids in them.</summary>
/// <param name="FirstId">The first id.</param>
/// <param name="Ids">How many ids it may have at most.</param>
/// <param name="IsWhole">Whether the stretch is all there is, so that an id that is not in it is nowhere.</param>
internal sealed record SegmentBounds(long PreFrom, long PreTo, long PostFrom, long PostTo, uint FirstId, uint Ids, bool IsWhole);
