using System.Globalization;
using System.Text;

namespace Campaign.Captures.Benchmarks;

/// <summary>What a generated pair says, counted while it was made and with nothing of the code that is measured.</summary>
internal sealed class Truth
{
    private readonly uint[] _latencies = new uint[4_000_000];
    private long _count;
    private long _newest = -1;

    public long Sent { get; set; }

    public long Lost { get; set; }

    public long LongestLossBurst { get; set; }

    private long Duplicates { get; set; }

    private long Reordered { get; set; }

    public void Deliver(uint id, long latency, bool again)
    {
        if (again)
        {
            Duplicates++;
            return;
        }

        _count++;
        _latencies[latency]++;
        Reordered += id < _newest ? 1 : 0;
        _newest = Math.Max(_newest, id);
    }

    /// <summary>One <c>name value</c> a line; percentiles in nanoseconds, nearest rank.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in new[]
        {
            ("sent", Sent), ("matched", _count), ("lost", Lost), ("longest_loss_burst", LongestLossBurst), ("duplicates_post", Duplicates), ("reordered", Reordered),
        })
            text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        foreach (var p in Percentiles)
            text.Append(CultureInfo.InvariantCulture, $"p{p * 100:0.######} {AtRank((long)Math.Ceiling(p * _count))}\n");
        return text.ToString();
    }

    public static double[] Percentiles { get; } = [0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999, 1];

    private int AtRank(long rank)
    {
        var passed = 0L;
        for (var latency = 0; ; latency++)
        {
            passed += _latencies[latency];
            if (passed >= Math.Max(1, rank))
                return latency;
        }
    }
}
