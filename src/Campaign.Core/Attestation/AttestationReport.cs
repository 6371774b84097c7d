using System.Collections.Immutable;

namespace Campaign.Attestation;

/// <summary>What was asked for, held against what was observed. Stored with the trial as evidence.</summary>
/// <param name="Claims">In the order in which they were asked.</param>
internal sealed record AttestationReport(ImmutableArray<Claim> Claims)
{
    public static readonly AttestationReport Empty = new(ImmutableArray<Claim>.Empty);

    /// <summary>Whether every claim holds.</summary>
    public bool Holds => Claims.All(c => c.Holds);
}

/// <summary>One thing asked for.</summary>
/// <param name="Subject">Name of the fact: <c>dut.forwarder.cpus</c>.</param>
/// <param name="Asked">What the cell asked for.</param>
/// <param name="Observed">What was read back; empty when nothing could be read.</param>
/// <param name="Holds">Whether the two agree.</param>
/// <param name="When"><c>before</c> or <c>after</c> the measurement.</param>
internal sealed record Claim(string Subject, string Asked, string Observed, bool Holds, string When);

/// <summary>Something that must be observed for a trial to count.</summary>
/// <param name="Subject">Name of the fact.</param>
/// <param name="Asked">The value it must have; several, separated by <c>|</c>, where each of them will do.</param>
internal sealed record Expectation(string Subject, string Asked);
