using static Campaign.Definition.Lua.NativeMethods;

namespace Campaign.Definition.Lua;

/// <summary>Carries out what Lua yields for.</summary>
/// <param name="operation">Name of the function that was called.</param>
/// <param name="where"><c>chunk:line</c> of the call.</param>
/// <param name="arguments">What it was given.</param>
/// <exception cref="LuaException">Becomes an error at the call.</exception>
internal delegate ValueTask<object?> LuaRequest(string operation, string where, object?[] arguments, CancellationToken cancellationToken);

/// <summary>
/// A function that runs as a coroutine and yields its requests. Between two of them it runs on whichever thread has the answer, under the engine's
/// lock. A cancelled fiber is told at its next request, and at every one after that.
/// </summary>
internal sealed class LuaFiber(LuaEngine engine, LuaRequest perform)
{
    /// <summary>Runs a function to its end.</summary>
    /// <param name="function">The function.</param>
    /// <param name="push">Pushes its arguments, and says how many.</param>
    /// <param name="cancellationToken">Makes every further request fail.</param>
    /// <exception cref="LuaException">It ended with an error.</exception>
    public async Task<object?> RunAsync(LuaFunction function, Func<nint, int> push, CancellationToken cancellationToken)
    {
        var (coroutine, thread) = Start(function, push, out var arguments);
        try
        {
            while (Step(coroutine, arguments) is { } request)
            {
                var (ok, answer) = await AnswerAsync(request, cancellationToken);
                arguments = Push(coroutine, ok, answer);
            }

            return Result(coroutine);
        }
        finally
        {
            engine.Release(thread);
        }
    }

    private (nint Coroutine, LuaFunction Thread) Start(LuaFunction function, Func<nint, int> push, out int arguments)
    {
        lock (engine.Lock)
        {
            var coroutine = lua_newthread(engine.State);
            var thread = new LuaFunction(luaL_ref(engine.State, RegistryIndex));
            _ = lua_checkstack(coroutine, 16);
            LuaConversion.Push(coroutine, engine.Function("fiber"));
            LuaConversion.Push(coroutine, function);
            arguments = push(coroutine) + 1;
            return (coroutine, thread);
        }
    }

    // Runs until the next request; null at the end.
    private Request? Step(nint coroutine, int arguments)
    {
        lock (engine.Lock)
        {
            var (status, results) = engine.Resume(coroutine, arguments);
            if (status == Ok)
            {
                return null;
            }

            if (status != Yield)
            {
                throw new LuaException(status == ErrorMemory ? engine.Starvation() : LuaConversion.ReadText(coroutine, -1));
            }

            var first = lua_gettop(coroutine) - results + 1;
            if (results < 3)
            {
                lua_settop(coroutine, first - 1);
                throw new LuaException("coroutine.yield was called outside of a coroutine of the campaign's own");
            }

            try
            {
                var values = new object?[results - 3];
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = LuaConversion.Read(coroutine, first + 3 + i);
                }

                return new Request(LuaConversion.ReadText(coroutine, first + 1), LuaConversion.ReadText(coroutine, first + 2), values);
            }
            finally
            {
                lua_settop(coroutine, first - 1);
            }
        }
    }

    private async ValueTask<(bool Ok, object? Answer)> AnswerAsync(Request request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return (false, "stopped");
        }

        try
        {
            return (true, request.Operation == "parallel"
                ? await ParallelAsync(request.Arguments, cancellationToken)
                : await perform(request.Operation, request.Where, request.Arguments, cancellationToken));
        }
        catch (LuaException e)
        {
            return (false, e.Message);
        }
        catch (OperationCanceledException)
        {
            return (false, "stopped");
        }
    }

    // A branch that fails stops the others at their next request; all of them have ended when parallel comes back.
    private async Task<object?> ParallelAsync(object?[] branches, CancellationToken cancellationToken)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        LuaException? failure = null;
        async Task BranchAsync(LuaFunction branch)
        {
            await Task.Yield();
            try
            {
                await RunAsync(branch, _ => 0, together.Token);
            }
            catch (LuaException e)
            {
                Interlocked.CompareExchange(ref failure, e, null);
                await together.CancelAsync();
            }
            finally
            {
                engine.Release(branch);
            }
        }

        await Task.WhenAll(branches.Cast<LuaFunction>().Select(BranchAsync));
        return failure is null ? null : throw failure;
    }

    private int Push(nint coroutine, bool ok, object? answer)
    {
        lock (engine.Lock)
        {
            _ = lua_checkstack(coroutine, 8);
            LuaConversion.Push(coroutine, ok);
            LuaConversion.Push(coroutine, answer);
            return 2;
        }
    }

    // What xpcall answers: true and the value, or false and the error with its traceback.
    private object? Result(nint coroutine)
    {
        lock (engine.Lock)
        {
            if (lua_toboolean(coroutine, 1) == 0)
            {
                throw LuaEngine.ToException(LuaConversion.Read(coroutine, 2));
            }

            return lua_gettop(coroutine) >= 2 ? LuaConversion.Read(coroutine, 2) : null;
        }
    }

    private sealed record Request(string Operation, string Where, object?[] Arguments);
}
