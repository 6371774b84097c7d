using Campaign.Definition.Lua;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>The steps of a campaign file, run as coroutines that yield their effects.</summary>
internal sealed class LuaCampaignSteps(
    string file, LuaEngine engine, LuaSources sources, CellFunctions functions, CampaignScript script, TestbedDefinition testbed) : ICampaignSteps
{
    private readonly LuaFunction _hosts = engine.Keep(
        engine.Function("hosts"), (object)testbed.Hosts.SelectMany(h => h.Roles.Prepend(h.Name)).Distinct(StringComparer.Ordinal).ToArray());

    public bool Has(CampaignStep step) => script.Functions.ContainsKey(Name(step));

    public async Task<Value> RunAsync(CampaignStep step, Cell cell, IEffects effects, CancellationToken cancellationToken)
    {
        async ValueTask<object?> PerformAsync(string operation, string where, object?[] arguments, CancellationToken token)
        {
            try
            {
                var effect = EffectReader.Read(operation, sources.Place(where) ?? new SourceSpan(file), arguments, script.Latency);
                return await effects.PerformAsync(effect, token);
            }
            catch (EffectException e)
            {
                throw new LuaException(e.Message);
            }
        }

        try
        {
            var function = script.Functions[Name(step)].Function;
            var answer = await new LuaFiber(engine, PerformAsync).RunAsync(
                step == CampaignStep.Setup ? engine.Function("observed") : function,
                state =>
                {
                    if (step == CampaignStep.Setup)
                    {
                        LuaConversion.Push(state, function);
                        functions.Push(state, cell);
                        LuaConversion.Push(state, _hosts);
                        return 3;
                    }

                    functions.Push(state, cell);
                    LuaConversion.Push(state, _hosts);
                    return 2;
                },
                cancellationToken);
            return LuaConversion.ToValue(answer);
        }
        catch (LuaException e)
        {
            var diagnostic = LuaScript.ToDiagnostic(e, sources, file);
            throw new StepFailedException(diagnostic.Where, diagnostic.Message, diagnostic.Traceback, e);
        }
    }

    public void Dispose() => engine.Dispose();

    private static string Name(CampaignStep step) => step switch
    {
        CampaignStep.Setup => "setup",
        CampaignStep.Measure => "measure",
        _ => "teardown",
    };
}
