using System.Collections.Immutable;
using System.Globalization;

namespace Campaign.Captures.Matching;

/// <summary>What only the two captures together can tell: swapped, foreign to each other, one cut short, a timestamp that stands alone.</summary>
internal sealed class PairChecks
{
    /// <summary>Fewer packets than this at an end may be chance.</summary>
    private const long SmallestTail = 10;

    /// <summary>A tail is a cut when it is that many times longer than any other run.</summary>
    private const long TimesLonger = 4;

    /// <summary>Two capturing threads do not stop at the same instant (nanoseconds).</summary>
    private const long StopSkew = 10_000_000;

    /// <summary>No gap below this is worth a doubt (nanoseconds).</summary>
    private const long LoneGap = 500_000_000;

    /// <summary>Nor is one that is not much longer than the gaps between the other packets.</summary>
    private const long TimesOrdinary = 10;

    private readonly ImmutableArray<CaptureProblem>.Builder _problems = ImmutableArray.CreateBuilder<CaptureProblem>();
    private readonly PairTally _tally;
    private readonly IdentityRule _identity;
    private readonly CaptureSummary _pre;
    private readonly CaptureSummary _post;

    public PairChecks(PairTally tally, IdentityRule identity, CaptureSummary pre, CaptureSummary post)
    {
        _tally = tally;
        _identity = identity;
        _pre = pre;
        _post = post;
        if (FindWhatForbidsNumbers())
            return;

        FindCausality();
        FindCutPost();
        FindCutPre();
        FindLoneTimestamps();
    }

    public ImmutableArray<CaptureProblem> Problems => _problems.ToImmutable();

    private bool FindWhatForbidsNumbers()
    {
        foreach (var side in new[] { _pre, _post }.Where(side => side.Packets == 0))
            Add(CaptureProblemKind.NoPackets, side, $"{side.Path} has a file header and no packet behind it. Look whether the capture was cut, and whether traffic reached the tap.");
        if (_problems.Count > 0)
            return true;

        if (_tally.EarlyArrivals > _tally.Matches.Matched)
            Add(CaptureProblemKind.Swapped, _pre, DescribeSwap());
        else if (_tally.Matches.Matched == 0)
            Add(CaptureProblemKind.Unrelated, _post, DescribeUnrelated());
        return _problems.Count > 0;
    }

    private string DescribeSwap() => _tally.Simultaneous == _tally.EarlyArrivals
        ? $"{_pre.Path} and {_post.Path} give {_tally.EarlyArrivals} common packets the very same times: it is one capture given twice. Give the capture taken before the device and the one taken behind it."
        : $"The files seem to be swapped: {_tally.EarlyArrivals} of {_tally.EarlyArrivals + _tally.Matches.Matched} common packets are earlier in {_post.Path} than in {_pre.Path}. Give the capture taken before the device first; if it is first already, the two are not of one measurement, or the clocks of the taps differ.";

    private string DescribeUnrelated() => _tally switch
    {
        { Matches.OutsideWindow: > 0 and var late } =>
            $"All {late} packets that {_pre.Path} and {_post.Path} have in common come later behind the device than the window allows. Take both captures with one clock, or allow a longer window.",
        { Matches.AmbiguousPost: > 0 and var ambiguous } =>
            $"{ambiguous} packets of {_post.Path} are in {_pre.Path} more than once, so none can be matched ({_identity.Name} identity). Send packets that differ in the bytes that it takes, or evaluate with an identity of other bytes.",
        { ForeignPre: var foreign } when foreign == _pre.Packets =>
            $"No packet of {_pre.Path} carries what the {_identity.Name} identity looks for. Evaluate with the other identity.",
        _ => $"{_pre.Path} and {_post.Path} have no packet in common ({_identity.Name} identity). Give two captures of one measurement; a device that rewrites packets (TTL, addresses) needs the moonsniff identity.",
    };

    private void FindCausality()
    {
        if (_tally.EarlyArrivals > 0)
        {
            Add(CaptureProblemKind.Causality, _post,
                $"{_tally.EarlyArrivals} of {_tally.EarlyArrivals + _tally.Matches.Matched} common packets are earlier in {_post.Path} than in {_pre.Path}, by up to {-_tally.EarliestLatency} ns. A timestamp is damaged or the clocks of the two taps differ; copy the captures again, or take both with one clock.");
        }
    }

    private void FindCutPost()
    {
        var after = _tally.LastSent - _post.LastTimestamp;
        if (IsTail(_tally.Loss, after))
        {
            Add(CaptureProblemKind.EndsEarly, _post,
                $"The capture behind, {_post.Path}, ends {after / 1e9:0.######} s before the capture before it, {_pre.Path}: none of the last {_tally.Loss.Open} packets is in it. It was cut, or the device stopped; copy it again, or capture again.");
        }
    }

    private void FindCutPre()
    {
        // Foreign packets after the traffic (spanning tree, neighbour discovery) are few in a long time; a cut goes on at the packet rate.
        var after = _post.LastTimestamp - _pre.LastTimestamp;
        var run = _tally.UnmatchedRun;
        if (IsTail(run, after) && run.Open * 1e9 / Math.Max(1, _post.LastTimestamp - run.OpenSince) > _pre.PacketsPerSecond / 10)
        {
            Add(CaptureProblemKind.EndsEarly, _pre,
                $"The capture before, {_pre.Path}, ends {after / 1e9:0.######} s before the capture behind the device, {_post.Path}: it has none of the last {run.Open} packets. It was cut; copy it again, or capture again.");
        }
    }

    private bool IsTail(RunLength run, long after) =>
        run.Open >= Math.Max(SmallestTail, TimesLonger * run.LongestEnded) && after > Math.Max(StopSkew, 2 * _tally.LongestLatency);

    private void FindLoneTimestamps()
    {
        if (_tally.Ends is not [var first, var second, var third, var last])
            return;

        var ordinary = Math.Abs(third.Sent - second.Sent) / Math.Max(1, third.Index - second.Index);
        FindLoneTimestamp("first", first, second, ordinary);
        FindLoneTimestamp("last", last, third, ordinary);
    }

    /// <summary>
    /// Time that runs backwards betrays a damaged timestamp, but not at the ends: there, one packet seems to come long before or after the
    /// others. Its neighbour in the other capture says otherwise.
    /// </summary>
    private void FindLoneTimestamp(string which, PairTally.Arrival packet, PairTally.Arrival neighbour, long ordinary)
    {
        var before = Math.Abs(packet.Sent - neighbour.Sent);
        var behind = Math.Abs(packet.Arrived - neighbour.Arrived);
        if (Math.Abs(before - behind) <= LoneGap || Math.Max(before, behind) <= TimesOrdinary * ordinary)
            return;

        var odd = before > behind ? _pre : _post;
        Add(CaptureProblemKind.LoneTimestamp, odd,
            $"The {which} packet of {odd.Path} is {Math.Max(before, behind) / 1e9:0.######} s from its neighbour, which is {Math.Min(before, behind) / 1e9:0.######} s in the other capture. Its timestamp is damaged; copy the captures again.");
    }

    private void Add(CaptureProblemKind kind, CaptureSummary side, FormattableString message) =>
        Add(kind, side, message.ToString(CultureInfo.InvariantCulture));

    private void Add(CaptureProblemKind kind, CaptureSummary side, string message) =>
        _problems.Add(new CaptureProblem(kind, side.Path, -1, message));
}
