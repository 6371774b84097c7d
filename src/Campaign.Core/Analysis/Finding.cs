namespace Campaign.Analysis;

/// <summary>One sentence that a reader of the report should see first.</summary>
/// <param name="Kind">How urgent it is.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Evidence">Where the report shows more.</param>
/// <param name="Name">Of the axis, when the evidence is a comparison; otherwise empty.</param>
internal sealed record Finding(FindingKind Kind, string Text, Evidence Evidence, string Name = "");

/// <summary>Kinds of findings, in the order in which they are read.</summary>
internal enum FindingKind
{
    /// <summary>Something does not count or is missing.</summary>
    Problem,

    /// <summary>Nobody knows: what should have looked for it broke down.</summary>
    Unknown,

    /// <summary>What was measured.</summary>
    Result,

    /// <summary>It counts, but a reader has to know something.</summary>
    Caution,
}

/// <summary>Part of the report that a finding rests on.</summary>
internal enum Evidence
{
    Overview,
    Comparison,
    Traffic,
    Stalls,
    Interrupts,
    Failures,
    Attestation,
    Methods,
    Recorded,
}
