using System.Collections.Immutable;
using Campaign.Definition.Lua;
using Campaign.Diagnostics;
using Campaign.Units;

namespace Campaign.Definition;

/// <summary>From what a file declared to a definition: checks how the declarations fit together, and makes delegates of functions.</summary>
internal sealed class DefinitionBuilder(string file, CampaignScript script, LuaEngine engine, LuaSources sources, DiagnosticBag diagnostics)
{
    public CampaignDefinition Build(TestbedDefinition testbed, Digest code)
    {
        CheckNames();
        var names = script.Axes.Select(a => a.Name).Concat(script.Derived.Select(d => d.Name)).ToArray();
        var functions = new CellFunctions(file, engine, sources, names);
        ImmutableArray<Axis> axes = [.. script.Axes.Select(a => new Axis(
            a.Name, a.Values, a.Unit, a.Default, a.Only is { } only ? c => functions.Call(only, c) is not (null or false) : null, a.Where))];
        return new CampaignDefinition
        {
            File = file,
            Name = script.Name,
            Title = script.Title ?? script.Name,
            Question = script.Question,
            Testbed = testbed,
            Freshness = script.Freshness,
            Profile = script.Profile,
            Parameters = [.. script.Parameters],
            Axes = axes,
            Zips = [.. script.Zips.Select(z => z.Names)],
            Derived = [.. script.Derived.Select(d => new DerivedValue(d.Name, c => LuaConversion.ToValue(functions.Call(d.Function, c)), d.Where))],
            Exclusions = [.. script.Exclusions.Select(e => new Exclusion(c => functions.Call(e.Function, c) is not (null or false), e.Reason, e.Where))],
            Repeats = script.Repeats,
            Order = script.Order,
            Seed = script.Seed,
            Boot = script.Functions.TryGetValue("boot", out var boot) ? new BootFunction(functions, boot.Function, boot.Where, testbed, axes).Call : null,
            Configure = script.Functions.TryGetValue("configure", out var configure) ? new ConfigureFunction(functions, configure.Function, configure.Where).Call : null,
            Steps = new LuaCampaignSteps(file, engine, sources, functions, script, testbed),
            Limits = script.Limits,
            Latency = script.Latency,
            Report = script.Report,
            Gates = [.. script.Gates.SelectMany(g => GateParser.Parse(g.Text, g.Where, axes, diagnostics))],
            Code = code,
            SourceFiles = [.. sources.Files.Distinct(StringComparer.Ordinal)],
            Warnings = diagnostics.All,
        };
    }

    private void CheckNames()
    {
        var known = script.Axes.Select(a => a.Name).ToHashSet();
        foreach (var (names, where) in script.Zips)
        {
            var axes = names.Select(n => script.Axes.Find(a => a.Name == n)).ToArray();
            foreach (var unknown in names.Where(n => !known.Contains(n)))
            {
                script.Error(where, $"zip names the axis '{unknown}', which there is not");
            }

            if (axes.All(a => a is not null) && axes.Select(a => a!.Values.Length).Distinct().Count() > 1)
            {
                script.Error(where, $"The axes {string.Join(" and ", names)} move together, so they must have as many values, but have {string.Join(" and ", axes.Select(a => a!.Values.Length))}");
            }
        }

        foreach (var twice in script.Zips.SelectMany(z => z.Names.Select(n => (Name: n, z.Where))).GroupBy(z => z.Name).Where(g => g.Count() > 1))
        {
            script.Error(twice.Last().Where, $"The axis '{twice.Key}' is zipped twice");
        }

        foreach (var name in script.Report.Compare.Concat(script.Report.Baseline.Keys).Where(n => !known.Contains(n)))
        {
            script.Error(new SourceSpan(file), $"report names the axis '{name}', which there is not");
        }

        if (diagnostics.HasErrors)
        {
            // A file that broke off may not have come to these.
            return;
        }

        if (script.Axes.Count == 0)
        {
            script.Error(new SourceSpan(file), "The campaign sweeps nothing: it has no axis");
        }

        if (!script.Functions.ContainsKey("measure"))
        {
            script.Error(new SourceSpan(file), "The campaign measures nothing: it has no measure(function(c, tb) … end)");
        }
    }
}
