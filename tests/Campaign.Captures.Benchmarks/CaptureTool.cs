using System.Diagnostics;
using System.Globalization;

namespace Campaign.Captures.Benchmarks;

/// <summary>The steps of <c>tests/bench-captures</c>, each in a process of its own so that its CPU time and memory are its own.</summary>
internal static class CaptureTool
{
    /// <summary><c>generate FOLDER PACKETS [LOSS]</c>, <c>limit FOLDER</c>, <c>evaluate FOLDER THREADS [IDENTITY [MIB]]</c>, <c>naive FOLDER</c>.</summary>
    public static int Run(string[] arguments)
    {
        var (pre, post) = (Path.Combine(arguments[1], "pre.pcap"), Path.Combine(arguments[1], "post.pcap"));
        return arguments[0] switch
        {
            "generate" => Generate(arguments),
            "limit" => Measure(() => $"sum {ReadLimit.Sum(pre, post):x}\n"),
            "evaluate" => Measure(() => Text(CapturePair.Evaluate(pre, post, Options(arguments[2..]), CancellationToken.None))),
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
