using System.Collections.Concurrent;
using Campaign.Definition;
using Xunit;

namespace Campaign.Tests.Definition;

public sealed class StepsSpecs : IDisposable
{
    private static readonly Cell OneCell = new(["rate"], [Value.Of(1000)]);

    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Effects_arrive_in_their_order_with_their_arguments()
    {
        var effects = new Recorder();

        var answer = await RunAsync(
            """
            measure(function(c, tb)
              tb.dut:run("one", { timeout = 5 })
              local r = tb.one:try "two"
              record("exit", r.exit, "code")
              log(c.rate)
              local p = tb.dut:spawn "three"
              p:stop()
              return traffic { rate = c.rate, size = 128, duration = 0.5, flows = 2 }
            end)
            """,
            effects);

        Assert.Equal(
            ["Run one dut 5", "Run two one 60", "Record exit 0", "Log 1000", "Spawn three", "Stop 0", "Traffic 1000 128 0.5 2"],
            effects.Seen.Select(Describe));
        Assert.Equal(Value.Of(0), Assert.IsType<Value.Map>(answer)["exit"]);
    }

    [Theory]
    [InlineData("traffic { rate = -1, duration = 1 }", "The rate must be above 0 packets per second, but is -1")]
    [InlineData("traffic { rate = 1, duration = 1, size = 20 }", "The size of a frame must lie between 64 and 1518 bytes, but is 20")]
    [InlineData("traffic { rate = 1, duration = 1, sise = 64 }", "traffic has no option 'sise'; did you mean 'size'?")]
    [InlineData("tb.dut.run('x')", "a host is called with ':'")]
    [InlineData("tb.nowhere:run('x')", "the testbed has no host or role 'nowhere'; it has")]
    [InlineData("tb.dut:rnu('x')", "a host has no function 'rnu'")]
    [InlineData("sleep('x')", "sleep wants a number of seconds, but was given the string 'x'")]
    [InlineData("retry(0, function() end)", "retry wants a number of attempts, at least 1")]
    [InlineData("parallel { 1 }", "branch 1 of parallel is no function")]
    [InlineData("undefined_thing()", "there is no global 'undefined_thing'")]
    public async Task A_wrong_call_fails_the_step_at_its_line(string call, string message)
    {
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync($"measure(function(c, tb)\n  {call}\nend)", new Recorder()));

        Assert.Equal(4, failure.Where!.Value.Line);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Branches_run_together_and_a_failing_one_stops_the_others()
    {
        var effects = new Recorder(failing: "bad");

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync(
            """
            measure(function(c, tb)
              parallel {
                function() for i = 1, 1000000 do tb.dut:run("good") end end,
                function() tb.dut:run("bad") end,
              }
            end)
            """,
            effects));

        Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
        Assert.True(effects.Seen.Count < 1_000_000);
    }

    [Fact]
    public async Task Retry_tries_again_and_gives_up_with_the_last_error()
    {
        var effects = new Recorder(failing: "bad");

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync("measure(function(c, tb) retry(3, function() tb.dut:run('bad') end, 0) end)", effects));

        Assert.Contains("refused", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, effects.Seen.OfType<Effect.Run>().Count());
    }

    [Fact]
    public async Task Cancellation_ends_the_step_though_it_swallows_errors()
    {
        using var cancellation = new CancellationTokenSource();
        var effects = new Recorder(onSeen: count =>
        {
            if (count == 3)
            {
                cancellation.Cancel();
            }
        });

        await RunAsync("measure(function(c, tb) for i = 1, 10 do pcall(tb.dut.run, tb.dut, 'x') end end)", effects, cancellation.Token);

        Assert.Equal(3, effects.Seen.Count);
    }

    private async Task<Value> RunAsync(string measure, IEffects effects, CancellationToken? cancellation = null)
    {
        using var definition = _desk.Load(Desk.Head + measure);
        return await definition.Steps.RunAsync(CampaignStep.Measure, OneCell, effects, cancellation ?? TestContext.Current.CancellationToken);
    }

    private static string Describe(Effect effect) => effect switch
    {
        Effect.Run run => FormattableString.Invariant($"Run {run.Command} {run.Host} {run.Timeout.TotalSeconds}"),
        Effect.Record record => FormattableString.Invariant($"Record {record.Name} {record.Value}"),
        Effect.Log log => $"Log {log.Text}",
        Effect.Spawn spawn => $"Spawn {spawn.Command}",
        Effect.Stop stop => FormattableString.Invariant($"Stop {stop.Handle}"),
        Effect.Traffic { Options: var t } => FormattableString.Invariant($"Traffic {t.Rate} {t.Size} {t.Duration.TotalSeconds} {t.Flows}"),
        _ => effect.ToString(),
    };

    private sealed class Recorder(string? failing = null, Action<int>? onSeen = null) : IEffects
    {
        public ConcurrentQueue<Effect> Seen { get; } = [];

        public async ValueTask<Value> PerformAsync(Effect effect, CancellationToken cancellationToken)
        {
            Seen.Enqueue(effect);
            onSeen?.Invoke(Seen.Count);
            await Task.Yield();
            return effect switch
            {
                Effect.Run run when run.Command == failing => throw new EffectException("refused"),
                Effect.Spawn => Value.Of(0),
                _ => new Value.Map([KeyValuePair.Create("exit", Value.Of(0))]),
            };
        }
    }
}
