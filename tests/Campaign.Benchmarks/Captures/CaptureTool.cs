using System.Diagnostics;
using System.Globalization;
using Campaign.Captures;
using Campaign.Captures.Outputs;

namespace Campaign.Benchmarks.Captures;

/// <summary>The steps of <c>tests/bench-captures</c>, each in a process of its own so that its CPU time and memory are its own.</summary>
internal static class CaptureTool
{
    /// <summary><c>generate FOLDER PACKETS [LOSS]</c>, <c>limit FOLDER</c>, <c>evaluate FOLDER THREADS [IDENTITY [MIB]]</c>, <c>scaling FOLDER</c>, <c>naive FOLDER</c>, <c>log FOLDER FILE</c>.</summary>
    public static int Run(string[] arguments)
    {
        var (pre, post) = (Path.Combine(arguments[1], "pre.pcap"), Path.Combine(arguments[1], "post.pcap"));
        return arguments[0] switch
        {
            "generate" => Generate(arguments),
            "limit" => Measure(() => $"sum {ReadLimit.Sum(pre, post):x}\n"),
            "evaluate" => Measure(() => Text(CapturePair.Evaluate(pre, post, Options(arguments[2..]), CancellationToken.None))),
            "scaling" => Scaling(pre, post),
            "log" => Log(CapturePair.EvaluateBoth(pre, post, new EvaluationOptions(), CancellationToken.None), arguments[2]),
            "naive" => Measure(() => NaiveMatch.Of(pre, post)),
            var other => throw new ArgumentException($"{other} is no step of the capture benchmark."),
        };
    }

    private static EvaluationOptions Options(string[] arguments)
    {
        var options = new EvaluationOptions { Threads = int.Parse(arguments[0], CultureInfo.InvariantCulture) };
        if (arguments.Length > 2)
            options = options with { MemoryBudget = long.Parse(arguments[2], CultureInfo.InvariantCulture) << 20 };
        return arguments.Length == 1 ? options : options.WithIdentity(arguments[1]) ?? throw new ArgumentException($"{arguments[1]} is no identity.");
    }

    /// <summary>Wall seconds of the evaluation alone with one and with two threads, the quickest of some in one warm process, and their quotient.</summary>
    private static int Scaling(string pre, string post)
    {
        var (one, two) = (double.MaxValue, double.MaxValue);
        Wall(1);
        for (var round = 0; round < 5; round++)
            (one, two) = (Math.Min(one, Wall(1)), Math.Min(two, Wall(2)));
        Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{one:0.000} {two:0.000} {one / two:0.00}\n"));
        return 0;

        double Wall(int threads)
        {
            var clock = Stopwatch.StartNew();
            CapturePair.Evaluate(pre, post, new EvaluationOptions { Threads = threads }, CancellationToken.None);
            return clock.Elapsed.TotalSeconds;
        }
    }

    /// <summary>An HdrHistogram log with a line for each second, for other libraries to read.</summary>
    private static int Log(PairEvaluation evaluation, string path)
    {
        using var file = new StreamWriter(path);
        var start = DateTimeOffset.FromUnixTimeSeconds(evaluation.All.Pre.FirstTimestamp / 1_000_000_000);
        var log = new HistogramLog(file, start);
        for (var second = 0; second < evaluation.Seconds.Length; second++)
            log.Write(start.AddSeconds(second), TimeSpan.FromSeconds(1), evaluation.Seconds[second]);
        Console.Out.Write(string.Join(' ', evaluation.Seconds.Select(one => one.Count)) + "\n");
        return 0;
    }

    private static int Generate(string[] arguments)
    {
        var loss = arguments.Length > 3 ? double.Parse(arguments[3], CultureInfo.InvariantCulture) : 9e-5;
        GeneratedPair.Write(arguments[1], long.Parse(arguments[2], CultureInfo.InvariantCulture), seed: 1, loss);
        return 0;
    }

    /// <summary>Standard output gets the answer, standard error one line of costs: CPU seconds, wall seconds, peak memory in MB.</summary>
    private static int Measure(Func<string> step)
    {
        var clock = Stopwatch.StartNew();
        Console.Out.Write(step());
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(':')[1].Trim().Split(' ')[0];
        Console.Error.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.CpuUsage.TotalTime.TotalSeconds:0.000} {clock.Elapsed.TotalSeconds:0.000} {int.Parse(peak, CultureInfo.InvariantCulture) / 1024.0:0.0}\n"));
        return 0;
    }

    private static string Text(LatencyEvaluation evaluation) => string.Create(
        CultureInfo.InvariantCulture,
        $"sent {evaluation.Pre.Packets}\nmatched {evaluation.Matched}\nlost {evaluation.Lost}\nlongest_loss_burst {evaluation.LongestLossBurst}\n"
        + $"duplicates_post {evaluation.DuplicatesPost}\nreordered {evaluation.Reordered}\n")
        + string.Concat(Truth.Percentiles.Select(p => string.Create(CultureInfo.InvariantCulture, $"p{p * 100:0.######} {evaluation.Latencies.Percentile(p)}\n")));
}
