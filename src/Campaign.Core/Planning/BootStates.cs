using System.Collections.Immutable;
using System.Text;
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
        var states = new StateTable(definition, errors);
        var ofCell = new int[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            ImmutableSortedDictionary<string, BootRequest> answer;
            try
            {
                answer = boot(cells[i]);
            }
            catch (CampaignException error)
            {
                errors.Add(error, cells[i]);
                continue;
            }

            ofCell[i] = states.IndexOf(answer, cells[i]);
        }

        errors.ThrowIfAny();
        return new BootStates(states.All, [.. ofCell]);
    }

    /// <summary>The states so far. An answer that was given before is recognised by its text, which is all the work that most cells need.</summary>
    private sealed class StateTable(CampaignDefinition definition, CellErrors errors)
    {
        private readonly Dictionary<string, int> _answers = new(StringComparer.Ordinal);
        private readonly OrderedDictionary<string, BootState> _states = new(StringComparer.Ordinal);
        private readonly StringBuilder _text = new();

        public ImmutableArray<BootState> All => [.. _states.Values];

        public int IndexOf(ImmutableSortedDictionary<string, BootRequest> answer, Cell cell)
        {
            var text = TextOf(answer);
            if (!_answers.TryGetValue(text, out var index))
            {
                var hosts = WithoutWhatRuns(answer, definition.Testbed);
                BootCheck.Check(definition, hosts, cell, errors);
                var needs = TextOf(hosts);
                _states.TryAdd(needs, new BootState(hosts.IsEmpty ? AsIs : Digest.Of(needs).Short, hosts), out index);
                _answers.Add(text, index);
            }

            return index;
        }

        /// <summary>Lengths stand before the texts, so that no two answers look alike.</summary>
        private string TextOf(ImmutableSortedDictionary<string, BootRequest> hosts)
        {
            _text.Clear();
            foreach (var (host, request) in hosts)
            {
                Append(host);
                Append(request.Os);
                Append(request.Kernel);
                Append(request.CommandLine);
            }

            return _text.ToString();
        }

        private void Append(string? text) => _text.Append(text?.Length ?? -1).Append(':').Append(text);
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
}
