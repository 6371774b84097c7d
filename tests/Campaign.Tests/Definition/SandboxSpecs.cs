using Campaign.Definition;
using Campaign.Definition.Lua;
using Xunit;

namespace Campaign.Tests.Definition;

public sealed class SandboxSpecs : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("io.open('/etc/passwd')")]
    [InlineData("os.execute('true')")]
    [InlineData("os.exit()")]
    [InlineData("dofile('/etc/passwd')")]
    [InlineData("loadfile('/etc/passwd')")]
    [InlineData("package.loadlib('x', 'y')")]
    [InlineData("collectgarbage()")]
    [InlineData("debug.getregistry()")]
    [InlineData("string.dump(print)")]
    [InlineData("next({})")]
    [InlineData("assert(load(('').char(27) .. 'Lua'))()")]
    [InlineData("setmetatable({}, { __gc = function() end })")]
    [InlineData("getmetatable('').__index.rep = nil")]
    [InlineData("require '../../etc/passwd'")]
    [InlineData("require 'os'")]
    [InlineData("require '/etc/passwd'")]
    [InlineData("testbed.name = 'other'")]
    public void What_leads_out_of_the_sandbox_is_refused_with_its_line(string code) =>
        Assert.Contains(_desk.Mistakes(Desk.Head + code + Desk.Tail), m => m.StartsWith("3: ", StringComparison.Ordinal));

    [Fact]
    public void A_module_behind_a_link_that_leads_out_is_not_read()
    {
        var outside = Path.GetTempFileName();
        File.WriteAllText(outside, "return 'secret'");
        var link = _desk.Write("campaigns/lib/leak.lua", "");
        File.Delete(link);
        File.CreateSymbolicLink(link, outside);

        Assert.Contains(_desk.Mistakes(Desk.Head + "require 'leak'" + Desk.Tail), m => m.Contains("there is no module 'leak'", StringComparison.Ordinal));
        File.Delete(outside);
    }

    [Fact]
    public void A_loop_that_catches_its_own_errors_ends_all_the_same()
    {
        using var engine = new LuaEngine(
            new LuaLimits { Slice = TimeSpan.FromMilliseconds(100), Grace = TimeSpan.FromMilliseconds(50) }, (_, _, _) => null);

        var error = Assert.Throws<LuaException>(() => engine.Run("while true do pcall(function() while true do end end) end", "#1"));

        Assert.Contains("time limit", error.Message, StringComparison.Ordinal);
        var seven = (LuaFunction)engine.Call(engine.Function("load"), "return 7", "#2")!;
        Assert.Equal(7L, engine.Call(seven));
    }

    [Fact]
    public void Memory_beyond_the_limit_is_an_error_and_the_state_goes_on()
    {
        using var engine = new LuaEngine(new LuaLimits { Memory = 16 << 20, Slice = TimeSpan.FromMinutes(10) }, (_, _, _) => null);
        for (var i = 0; i < 20; i++)
        {
            var error = Assert.Throws<LuaException>(() => engine.Run("local t = {}\nfor i = 1, 1e9 do\n  t[i] = 'x' .. i\nend", "#1"));
            Assert.Contains("more memory", error.Message, StringComparison.Ordinal);
            Assert.StartsWith("#1:3", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_hundred_thousand_errors_through_host_calls_under_garbage_collection_are_all_seen()
    {
        const int Errors = 100_000;
        using var definition = _desk.Load(
            Desk.Head
            + $$"""
            measure(function(c, tb)
              local seen = 0
              for i = 1, {{Errors / 4}} do
                local ok, e = pcall(function() return tb.dut:run("fail " .. i) end)
                if not ok and e:find("refused: fail " .. i, 1, true) then seen = seen + 1 end
                if i % 2 == 0 then coroutine.wrap(function() pcall(tb.dut.run, tb.dut, "nested") end)() end
              end
              return seen
            end)
            """);
        using var wanted = new SemaphoreSlim(0);
        var running = true;
        var collector = new Thread(() =>
        {
            while (Volatile.Read(ref running))
            {
                wanted.Wait();
                GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            }
        });
        collector.Start();

        var effects = new RefusingEffects(wanted);
        var seen = 0L;
        for (var round = 0; round < 4; round++)
        {
            seen += ((Value.Integer)await definition.Steps.RunAsync(
                CampaignStep.Measure, new Cell(["rate"], [Value.Of(1000)]), effects, TestContext.Current.CancellationToken)).Content;
        }

        Volatile.Write(ref running, false);
        wanted.Release();
        collector.Join();
        Assert.Equal(Errors, seen);
        Assert.Equal(Errors + (Errors / 2), effects.Refused);
    }

    private sealed class RefusingEffects(SemaphoreSlim collect) : IEffects
    {
        public int Refused { get; private set; }

        public async ValueTask<Value> PerformAsync(Effect effect, CancellationToken cancellationToken)
        {
            if (++Refused % 100 == 0)
            {
                collect.Release();

                // Now and then from another thread, as from a real host.
                await Task.Yield();
            }

            throw new EffectException($"refused: {((Effect.Run)effect).Command}");
        }
    }
}
