using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Campaign.Captures.Matching;

/// <summary>What became of the packets of each flow. Latencies of all flows wait in one list and are packed by flow when it is full.</summary>
internal sealed class FlowTally
{
    /// <summary>More than these are no flows: the ports are random, or the bytes are no ports. None is told then.</summary>
    private const int MostFlows = 1 << 16;

    private const int LargestList = 1 << 18;
    private const int MostParts = 16;

    private readonly Dictionary<uint, Flow> _flows = [];
    private readonly List<(uint Flow, long Latency)> _waiting = [];

    public void Lose(uint flow)
    {
        if (Find(flow) is { } found)
            found.Lost++;
    }

    /// <param name="flow">As <see cref="IdentityRule.FlowOf"/> tells it.</param>
    /// <param name="latency">Nanoseconds, of a match that is not trimmed.</param>
    public void Count(uint flow, long latency)
    {
        if (Find(flow) is null)
            return;
        if (_waiting.Count == LargestList)
            Pack();
        _waiting.Add((flow, latency));
    }

    /// <summary>All flows by their ports; none when they were too many.</summary>
    /// <param name="distribution">From counts to what is told.</param>
    public ImmutableArray<FlowEvaluation> All(Func<CompactCounts, LatencyDistribution> distribution)
    {
        Pack();
        return _flows.Count > MostFlows
            ? []
            : [.. _flows.OrderBy(one => one.Key).Select(one => new FlowEvaluation(
                (int)(one.Key >> 16), (int)(one.Key & 0xFFFF), one.Value.Lost, distribution(MergedCounts.Of(one.Value.Parts))))];
    }

    private Flow? Find(uint flow)
    {
        if (_flows.Count > MostFlows)
            return null;

        ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(_flows, flow, out _);
        return found ??= new Flow();
    }

    private void Pack()
    {
        _waiting.Sort();
        for (var start = 0; start < _waiting.Count;)
        {
            var (flow, writer) = (_waiting[start].Flow, new CompactCounts.Writer());
            while (start < _waiting.Count && _waiting[start].Flow == flow)
            {
                var (latency, from) = (_waiting[start].Latency, start);
                while (start < _waiting.Count && _waiting[start] == (flow, latency))
                    start++;
                writer.Add(latency, start - from);
            }

            _flows[flow].Add(writer.Complete());
        }

        _waiting.Clear();
    }

    private sealed class Flow
    {
        public long Lost { get; set; }

        public List<CompactCounts> Parts { get; } = [];

        public void Add(CompactCounts part)
        {
            Parts.Add(part);
            if (Parts.Count < MostParts)
                return;
            var merged = MergedCounts.Of(Parts);
            Parts.Clear();
            Parts.Add(merged);
        }
    }
}
