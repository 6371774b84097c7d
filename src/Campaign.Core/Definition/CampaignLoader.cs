using Campaign.Definition.Lua;
using Campaign.Diagnostics;
using Campaign.Units;

namespace Campaign.Definition;

/// <summary>Campaign file in, definition out.</summary>
internal static class CampaignLoader
{
    /// <param name="source">The file, the testbed, settings.</param>
    /// <param name="template">Renders templates for the campaign's functions.</param>
    /// <exception cref="CampaignException">Everything that is wrong with the file, at once.</exception>
    public static CampaignDefinition Load(CampaignSource source, TemplateFunction template)
    {
        // The file says which testbed it wants, and may read from it what it wants to sweep: so it is read twice when nobody else names one.
        var name = source.Testbed ?? TestbedOf(source, template);
        var testbed = TestbedLoader.Load(name, source.ProjectRoot);
        var diagnostics = new DiagnosticBag();
        var (engine, script, sources, code) = Run(source, template, testbed, diagnostics);
        try
        {
            var definition = new DefinitionBuilder(source.File, script, engine, sources, diagnostics).Build(testbed, code);
            diagnostics.ThrowIfErrors();
            script.CheckSettings();
            return definition;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private static string TestbedOf(CampaignSource source, TemplateFunction template)
    {
        var diagnostics = new DiagnosticBag();
        var (engine, script, _, _) = Run(source, template, null, diagnostics);
        engine.Dispose();
        if (script.Testbed is null)
        {
            diagnostics.ThrowIfErrors();
        }

        return script.Testbed ?? throw new CampaignException(
            [new Diagnostic(DiagnosticSeverity.Error, new SourceSpan(source.File), "The campaign names no testbed.", "Write campaign { testbed = \"local\" }, or give --testbed.")]);
    }

    private static (LuaEngine Engine, CampaignScript Script, LuaSources Sources, Digest Code) Run(
        CampaignSource source, TemplateFunction template, TestbedDefinition? testbed, DiagnosticBag diagnostics)
    {
        var sources = new LuaSources();
        var script = new CampaignScript(source, sources, template, diagnostics);
        var modules = new ModuleLoader(source, sources);
        var codes = new List<byte[]>();
        LuaEngine? created = null;
        created = new LuaEngine(new LuaLimits(), (operation, where, a) =>
        {
            switch (operation)
            {
                case "require":
                    return modules.Load(a.FirstOrDefault());
                case "dump":
                    codes.Add(created!.Dump((LuaFunction)a[0]!));
                    return null;
                default:
                    return script.Call(operation, where, a);
            }
        });
        created.Call(created.Function("define"), "testbed", Describe(testbed));
        codes.Insert(0, LuaScript.Run(created, sources, source.File, diagnostics));
        script.Loaded();
        return (created, script, sources, Digest.Of([.. codes.OrderBy(c => Digest.Of(c).Hex, StringComparer.Ordinal).SelectMany(c => c)]));
    }

    private static Value.Map Describe(TestbedDefinition? testbed) => new(testbed is null ? [] : [
        KeyValuePair.Create("name", Value.Of(testbed.Name)),
        KeyValuePair.Create("driver", Value.Of(testbed.Driver)),
        KeyValuePair.Create("title", Value.Of(testbed.Title)),
        KeyValuePair.Create<string, Value>("kernels", new Value.List([.. testbed.Kernels.Select(Value.Of)])),
        KeyValuePair.Create<string, Value>("oses", new Value.List([.. testbed.OperatingSystems.Select(Value.Of)])),
        .. testbed.Rates.IsEmpty ? Array.Empty<KeyValuePair<string, Value>>() : [KeyValuePair.Create<string, Value>("rates", new Value.List([.. testbed.Rates.Select(Rate)]))],
    ]);

    // Whole rates are integers, as they would be written in a campaign.
    private static Value Rate(double rate) => rate == Math.Floor(rate) ? Value.Of((long)rate) : Value.Of(rate);
}
