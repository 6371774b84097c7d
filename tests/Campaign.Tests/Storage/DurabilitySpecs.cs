using System.Globalization;
using Campaign.Storage;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Storage;

/// <summary>A result that was acknowledged is there, whatever happens next. Real processes, really killed.</summary>
public sealed class DurabilitySpecs : IDisposable
{
    private const int Trials = 2_000;

    private readonly TempFolder _temp = new();

    private ResultsFolder Folder => new(_temp["results"]);

    [Fact(Timeout = 120_000)]
    public async Task Killing_the_writer_loses_no_acknowledged_result_and_readers_never_fail()
    {
        var token = TestContext.Current.CancellationToken;
        var random = new Random(20260301);
        var acknowledged = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
            using var writer = DummyProcess.Start("store-writer", Folder.Root, Text(Trials));
            acknowledged.Add(await StoredAsync(writer, token));
            var answered = new TaskCompletionSource();
            var reading = Task.Run(() => ReadUntil(answered, stop.Token), token);
            for (var n = random.Next(40); n > 0; n--)
            {
                acknowledged.Add(await StoredAsync(writer, token));
            }

            await Task.WhenAny(answered.Task, reading);
            var killAt = random.Next(20_000);
            Thread.SpinWait(killAt);
            writer.Kill();
            AddRest(acknowledged, await writer.Output.ReadToEndAsync(token));
            await stop.CancelAsync();
            await reading;
            Assert.True(answered.Task.IsCompleted, "The reader came to no answer.");

            using var reader = ResultsReader.Open(Folder);
            var stored = reader.Load(reader.Find().Sweep.Id);
            Assert.Empty(acknowledged.Except(stored.Trials.Select(t => t.Header.Id)));
            Assert.All(stored.Trials, t => Assert.Equal(t.Header.Id, t.Result.TrialId));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_full_disk_is_said_and_what_was_stored_stays()
    {
        var token = TestContext.Current.CancellationToken;
        using var writer = DummyProcess.StartWithFileLimit(2_000, "store-writer", Folder.Root, "500", "20000");
        var (exit, output, error) = await writer.EndAsync(token);

        Assert.Equal(1, exit);
        Assert.Contains("could not be stored in", error, StringComparison.Ordinal);
        Assert.Contains("Everything that was stored before is intact.", error, StringComparison.Ordinal);
        var acknowledged = new HashSet<string>();
        AddRest(acknowledged, output);
        Assert.NotEmpty(acknowledged);
        using (var reader = ResultsReader.Open(Folder))
        {
            var stored = reader.Load(reader.Find().Sweep.Id);
            Assert.Empty(acknowledged.Except(stored.Trials.Select(t => t.Header.Id)));
        }

        var planned = SweepSamples.Sweep(500);
        using var again = ResultsWriter.Open(Folder, TimeProvider.System);
        var sweep = again.BeginSweep(planned, [.. planned.Trials.Select(t => t.Id)]);
        Assert.True(sweep.Continued);
        Assert.Empty(acknowledged.Except(sweep.Finished));
        var next = Enumerable.Range(0, 500).First(p => !sweep.Finished.Contains(planned.Trials[p].Id));
        sweep.Append(SweepSamples.Finished(planned, next));
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>More by hand: CAMPAIGN_KILLS=200.</summary>
    private static int Rounds => int.Parse(Environment.GetEnvironmentVariable("CAMPAIGN_KILLS") ?? "8", CultureInfo.InvariantCulture);

    /// <summary>Asks again and again; each answer must hold at least what the one before held.</summary>
    private void ReadUntil(TaskCompletionSource answered, CancellationToken stop)
    {
        using var reader = ResultsReader.Open(Folder);
        var finished = 0;
        while (!stop.IsCancellationRequested)
        {
            var summary = reader.Find();
            Assert.True(summary.Finished >= finished, $"There were {finished} results, now there are {summary.Finished}.");
            finished = summary.Finished;
            var sweep = reader.Load(summary.Sweep.Id);
            Assert.True(sweep.Trials.Length >= finished);
            answered.TrySetResult();
        }
    }

    private static async Task<string> StoredAsync(DummyProcess writer, CancellationToken token) =>
        await writer.Output.ReadLineAsync(token) is { } line ? Id(line) : throw new InvalidOperationException((await writer.EndAsync(token)).Error);

    private static void AddRest(HashSet<string> acknowledged, string output) =>
        acknowledged.UnionWith(output.Split('\n').SkipLast(1).Select(Id));

    private static string Id(string line) => line["stored ".Length..];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
