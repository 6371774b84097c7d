using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Campaign.Conducting;
using Campaign.Storage;
using Campaign.Testing;

namespace Campaign.Benchmarks;

/// <summary>What it costs to make a result durable, and to read a sweep of 1000 trials.</summary>
[Config(typeof(InThisProcess))]
public class StorageBenchmarks : IDisposable
{
    private const int Trials = 1000;

    private readonly TempFolder _temp = new();
    private ResultsWriter _writer = null!;
    private SweepWriter _sweep = null!;
    private SweepRecord _planned = null!;
    private int _next;

    [GlobalSetup]
    public void Fill()
    {
        _planned = SweepSamples.Sweep(Trials);
        _writer = ResultsWriter.Open(new ResultsFolder(_temp["results"]), TimeProvider.System);
        _sweep = _writer.BeginSweep(_planned, []);
        for (_next = 0; _next < Trials - 50; _next++)
        {
            _sweep.Append(SweepSamples.Finished(_planned, _next, distinct: 5_000));
        }
    }

    [Benchmark(Description = "append a result, durable")]
    public void Append() => _sweep.Append(SweepSamples.Finished(_planned, _next++, distinct: 5_000));

    [Benchmark(Description = "append an event, durable")]
    public void Event() => _sweep.Append(new TrialEvent.StepStarted(SweepSamples.Start, SweepSamples.Trial(_planned, 0), "measure"));

    [Benchmark(Description = "open and list")]
    public int List()
    {
        using var reader = ResultsReader.Open(_writer.Folder);
        return reader.List().Length;
    }

    [Benchmark(Description = "open and load, documents only")]
    public int LoadDocuments() => Load(withBlobs: false);

    [Benchmark(Description = "open and load everything")]
    public int LoadEverything() => Load(withBlobs: true);

    [GlobalCleanup]
    public void Dispose()
    {
        _writer.Dispose();
        _temp.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Each call is timed by itself: a disk is no CPU, and what grows cannot be run a million times.</summary>
    private sealed class InThisProcess : ManualConfig
    {
        public InThisProcess() => AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithStrategy(RunStrategy.Monitoring)
            .WithWarmupCount(2)
            .WithIterationCount(20));
    }

    private int Load(bool withBlobs)
    {
        using var reader = ResultsReader.Open(_writer.Folder);
        return reader.Load(_planned.Id, withBlobs).Trials.Length;
    }
}
