using System.Collections.Immutable;
using Campaign.Testbeds;
using Campaign.Topology;

namespace Campaign.Attestation;

/// <summary>Expectations and observed facts in, claims out. Pure.</summary>
internal static class Attestor
{
    private const string CpuListSuffix = ".cpus";

    /// <summary>
    /// Holds each expectation against the fact of its name. Of several observations of one name the last counts. What was not observed does not hold: nobody has seen it.
    /// </summary>
    /// <param name="expectations">What was asked for; alternatives are separated by <c>|</c>.</param>
    /// <param name="observed">What was read back.</param>
    /// <param name="when"><c>before</c> or <c>after</c> the measurement.</param>
    /// <returns>One claim per expectation, in their order.</returns>
    public static ImmutableArray<Claim> Hold(ImmutableArray<Expectation> expectations, ImmutableArray<Fact> observed, string when) =>
        [.. expectations.Select(e => Hold(e, observed.LastOrDefault(f => f.Name == e.Subject)?.Value, when))];

    private static Claim Hold(Expectation expectation, string? observed, string when) => new(
        expectation.Subject, expectation.Asked, observed ?? "",
        observed is not null && expectation.Asked.Split('|').Any(asked => Agree(expectation.Subject, asked, observed)), when);

    /// <summary>Lists of CPUs agree when they name the same CPUs, however they are written.</summary>
    private static bool Agree(string subject, string asked, string observed) =>
        subject.EndsWith(CpuListSuffix, StringComparison.Ordinal) && CpuList.TryParse(asked, out var wanted) && CpuList.TryParse(observed, out var got)
            ? wanted.SequenceEqual(got)
            : asked.Trim() == observed.Trim();
}
