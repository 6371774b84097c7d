using Xunit;

namespace Campaign.Captures.Tests;

/// <summary>What was sent and what arrived, made from a seed; and what a simple, slow reading of the definitions says about it.</summary>
internal sealed record SyntheticPair(Sighting[] Pre, Sighting[] Post)
{
    public const long Start = 15_000_000_000;

    /// <summary>Packets at a steady rate, <paramref name="gap"/> nanoseconds apart, each 3 to 5 µs in the device.</summary>
    public static SyntheticPair Calm(int packets, long gap = 100_000, int seed = 1)
    {
        var random = new Random(seed);
        var pre = Enumerable.Range(0, packets).Select(n => new Sighting((uint)n + 945, Start + n * gap)).ToArray();
        return new SyntheticPair(pre, [.. pre.Select(sent => sent with { Time = sent.Time + random.Next(3000, 5000) })]);
    }

    /// <summary>The same with loss, repeated ids on both sides, late packets and packets that were never sent.</summary>
    public static SyntheticPair Stormy(int packets, int seed)
    {
        var random = new Random(seed);
        var calm = Calm(packets, 100_000, seed);
        var pre = calm.Pre.Select(sent => random.NextDouble() < 0.01 ? sent with { Id = sent.Id - 1 } : sent).ToArray();
        var post = new List<Sighting>();
        foreach (var arrival in calm.Post)
        {
            var fate = random.NextDouble();
            if (fate < 0.05)
                continue;
            post.Add(fate < 0.1 ? arrival with { Time = arrival.Time + random.Next(1_000_000) } : arrival);
            if (fate > 0.97)
                post.Add(arrival with { Time = arrival.Time + random.Next(200_000) });
            if (fate is > 0.95 and < 0.96)
                post.Add(new Sighting(arrival.Id + 1_000_000, arrival.Time + 10));
        }

        return new SyntheticPair(pre, [.. post.OrderBy(arrival => arrival.Time)]);
    }

    public LatencyEvaluation Evaluate(EvaluationOptions options) => Evaluate(new CapturePen().Draw(Pre), new CapturePen().Draw(Post), options);

    public static LatencyEvaluation Evaluate(byte[] pre, byte[] post, EvaluationOptions? options = null) =>
        CapturePair.Evaluate(new MemoryStream(pre), new MemoryStream(post), options ?? new EvaluationOptions(), TestContext.Current.CancellationToken);

    /// <summary>The definitions, word by word, in quadratic time.</summary>
    public Truth Oracle(long window = 5_000_000_000)
    {
        var unique = Pre.Where(sent => Pre.Count(other => other.Id == sent.Id) == 1).ToArray();
        var arrivals = unique.Select(sent => Post.Where(arrival => arrival.Id == sent.Id).ToArray()).ToArray();
        var matches = new List<(int SentAs, int ArrivedAs, long Latency)>();
        for (var index = 0; index < unique.Length; index++)
        {
            var sent = unique[index];
            var first = Array.FindIndex(Post, arrival => arrival.Id == sent.Id && arrival.Time > sent.Time && arrival.Time < sent.Time + window);
            if (first >= 0)
                matches.Add((index, first, Post[first].Time - sent.Time));
        }

        return new Truth(
            Matched: matches.Count,
            Lost: arrivals.Count(all => all.Length == 0),
            LongestLossBurst: string.Concat(arrivals.Select(all => all.Length == 0 ? 'x' : ' ')).Split(' ').Max(run => run.Length),
            DuplicatesPre: Pre.Length - unique.Length,
            DuplicatesPost: arrivals.Sum(all => Math.Max(0, all.Length - 1)),
            UnmatchedPost: Post.Count(arrival => Pre.All(sent => sent.Id != arrival.Id)),
            AmbiguousPost: Post.Count(arrival => Pre.Count(sent => sent.Id == arrival.Id) > 1),
            OutsideWindow: arrivals.Count(all => all.Length > 0) - matches.Count,
            Reordered: matches.Count(late => matches.Any(other => other.ArrivedAs < late.ArrivedAs && other.SentAs > late.SentAs)),
            Latencies: string.Join(' ', matches.Select(match => match.Latency).Order()));
    }
}

internal sealed record Truth(
    long Matched, long Lost, long LongestLossBurst, long DuplicatesPre, long DuplicatesPost, long UnmatchedPost, long AmbiguousPost,
    long OutsideWindow, long Reordered, string Latencies)
{
    public static Truth Of(LatencyEvaluation e) => new(
        e.Matched, e.Lost, e.LongestLossBurst, e.DuplicatesPre, e.DuplicatesPost, e.UnmatchedPost, e.AmbiguousPost, e.OutsideWindow, e.Reordered,
        string.Join(' ', e.Latencies.Values.Zip(e.Latencies.Counts).SelectMany(one => Enumerable.Repeat(one.First, (int)one.Second))));
}
