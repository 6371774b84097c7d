using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Units;

namespace Campaign.Planning;

/// <summary>What each cell needs booted, with equal needs told apart from different ones by their content.</summary>
/// <param name="States">Distinct boot states in the order of the cells.</param>
/// <param name="OfCell">For each cell the index of its state.</param>
internal sealed record BootStates(ImmutableArray<BootState> States, ImmutableArray<int> OfCell)
{
    /// <summary>Id of the state in which nothing has to be booted.</summary>
    public const string AsIs = "asis";

    /// <summary>In a boot request as on an axis: what the machine runs already.</summary>
    private const string Running = "running";

    /// <summary>Asks the campaign what every cell has to boot.</summary>
    /// <exception cref="CampaignException">The function failed, or asks for something that the testbed cannot do.</exception>
    public static BootStates Of(CampaignDefinition definition, ImmutableArray<Cell> cells)
    {
        if (definition.Boot is not { } boot)
        {
            return new BootStates([new BootState(AsIs, ImmutableSortedDictionary<string, BootRequest>.Empty)], [.. new int[cells.Length]]);
        }

        var errors = new CellErrors();
        var states = new OrderedDictionary<ImmutableSortedDictionary<string, BootRequest>, BootState>(new SameContent());
        var ofCell = new int[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            ImmutableSortedDictionary<string, BootRequest> hosts;
            try
            {
                hosts = WithoutWhatRuns(boot(cells[i]), definition.Testbed);
            }
            catch (CampaignException error)
            {
                errors.Add(error, cells[i]);
                continue;
            }

            BootCheck.Check(definition, hosts, cells[i], errors);
            states.TryAdd(hosts, new BootState(AsIs, hosts), out ofCell[i]);
        }

        errors.ThrowIfAny();
        return new BootStates([.. states.Values.Select(Named)], [.. ofCell]);
    }

    /// <summary>A host that is to stay as it is needs no boot: it is left out, so that saying so and saying nothing are the same.</summary>
    private static ImmutableSortedDictionary<string, BootRequest> WithoutWhatRuns(
        ImmutableSortedDictionary<string, BootRequest> hosts, TestbedDefinition testbed)
    {
        var changed = ImmutableSortedDictionary.CreateBuilder<string, BootRequest>(StringComparer.Ordinal);
        foreach (var (host, request) in hosts)
        {
            var needed = new BootRequest(
                request.Os == Running ? null : request.Os,
                request.Kernel == Running ? null : request.Kernel,
                request.CommandLine is "" && !BootCheck.ChangesCommandLines(testbed) ? null : request.CommandLine);
            if (needed is not (null, null, null))
            {
                changed.Add(host, needed);
            }
        }

        return changed.ToImmutable();
    }

    private static BootState Named(BootState state)
    {
        using var digest = new DigestBuilder();
        foreach (var (host, request) in state.Hosts)
        {
            digest.Add(host).Add(request.Os).Add(request.Kernel).Add(request.CommandLine);
        }

        return state.Hosts.IsEmpty ? state : state with { Id = digest.ToDigest().Short };
    }

    /// <summary>Compares boot states entry by entry; both sides are sorted.</summary>
    private sealed class SameContent : IEqualityComparer<ImmutableSortedDictionary<string, BootRequest>>
    {
        public bool Equals(ImmutableSortedDictionary<string, BootRequest>? x, ImmutableSortedDictionary<string, BootRequest>? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && x.SequenceEqual(y));

        public int GetHashCode(ImmutableSortedDictionary<string, BootRequest> hosts)
        {
            var hash = new HashCode();
            foreach (var (host, request) in hosts)
            {
                hash.Add(host);
                hash.Add(request);
            }

            return hash.ToHashCode();
        }
    }
}
