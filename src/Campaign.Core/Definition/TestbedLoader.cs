using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition.Lua;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>Testbed file in, description out.</summary>
internal static class TestbedLoader
{
    private static readonly string[] Drivers = ["dry", "local", "virtual", "ssh", "pos"];
    private static readonly string[] Roles = ["loadgen", "dut", "timestamper"];

    /// <param name="name">A path, or the name of a file in <c>campaigns/testbeds</c>.</param>
    /// <param name="projectRoot">The folder with <c>campaigns/</c>.</param>
    /// <exception cref="CampaignException">There is no such testbed, or its file has mistakes.</exception>
    public static TestbedDefinition Load(string name, string projectRoot)
    {
        var file = Find(name, projectRoot);
        var diagnostics = new DiagnosticBag();
        var sources = new LuaSources();
        TestbedDefinition? read = null;
        object? Answer(string operation, string where, object?[] a)
        {
            var span = sources.Place(where) ?? new SourceSpan(file);
            switch (operation)
            {
                case "testbed":
                    read = Read(file, new OptionTable("testbed", a.FirstOrDefault(), m => diagnostics.Error(span, m + ".")), span, diagnostics);
                    return null;
                case "undefined":
                    diagnostics.Error(span, $"There is no global '{a[0]}'.");
                    return null;
                default:
                    throw new LuaException($"'{operation}' belongs into a campaign; a testbed file calls testbed {{ … }} once");
            }
        }

        using var engine = new LuaEngine(new LuaLimits(), Answer);
        engine.Call(engine.Function("declare"), "testbed");
        LuaScript.Run(engine, sources, file, diagnostics);
        if (read is null)
        {
            diagnostics.Error(new SourceSpan(file), "The file does not call testbed { … }.");
        }

        diagnostics.ThrowIfErrors();
        return read!;
    }

    private static string Find(string name, string projectRoot)
    {
        var folder = Path.Combine(projectRoot, "campaigns", "testbeds");
        string[] candidates = [Path.Combine(folder, name + ".lua"), name];
        if (Array.Find(candidates, File.Exists) is { } found)
        {
            return ShownPath.Of(found);
        }

        var known = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.lua").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal).ToArray() : [];
        throw new CampaignException($"There is no testbed '{name}'.", ExitCode.Definition, $"In campaigns/testbeds there are: {string.Join(", ", known)}.");
    }

    private static TestbedDefinition Read(string file, OptionTable options, SourceSpan where, DiagnosticBag diagnostics)
    {
        var driver = options.Text("driver", "")!;
        if (!Drivers.Contains(driver))
        {
            diagnostics.Error(where, $"'{driver}' is no driver; there are {string.Join(", ", Drivers)}.");
        }

        var name = Path.GetFileNameWithoutExtension(file);
        ImmutableArray<double> rates = [.. options.Table("rates")?.Items.Select(r => Convert.ToDouble(r, CultureInfo.InvariantCulture)) ?? []];
        var measured = MeasuredRates.Find(name);
        var testbed = new TestbedDefinition
        {
            File = file,
            Name = name,
            Driver = driver,
            Title = options.Text("title", name)!,
            Hosts = Hosts(options.Table("hosts"), where, diagnostics),
            Kernels = Or(options.Texts("kernels"), "running"),
            OperatingSystems = Or(options.Texts("oses"), "running"),
            Lacks = [.. options.Table("lacks")?.Items.Select(l => Lack(l, where, diagnostics)) ?? []],
            BootsCommandLines = options.Flag("boots_command_lines"),
            Rates = measured.IsEmpty ? rates : measured,
            BootTime = options.Seconds("boot_time") ?? TimeSpan.Zero,
            TrialOverhead = options.Seconds("trial_overhead") ?? TimeSpan.Zero,
            Options = LuaConversion.ToValue(options.Table("options")) as Value.Map ?? new Value.Map([]),
        };
        options.Done();
        return testbed;
    }

    private static MissingKernel Lack(object? value, SourceSpan where, DiagnosticBag diagnostics)
    {
        var options = new OptionTable("lacks", value, m => diagnostics.Error(where, m + "."));
        var lack = new MissingKernel(options.Text("os", "")!, options.Text("kernel", "")!, options.Text("because", "")!);
        options.Done();
        return lack;
    }

    private static ImmutableArray<TestbedHost> Hosts(LuaTable? table, SourceSpan where, DiagnosticBag diagnostics)
    {
        var hosts = ImmutableArray.CreateBuilder<TestbedHost>();
        foreach (var (name, value) in table?.Fields ?? [])
        {
            var options = new OptionTable($"the host '{name}'", value, m => diagnostics.Error(where, m + "."));
            var roles = options.Texts("roles");
            foreach (var unknown in roles.Except(Roles))
            {
                diagnostics.Error(where, $"The host '{name}' has the role '{unknown}', which there is not; there are {string.Join(", ", Roles)}.");
            }

            var cpus = Cpus(options.Text("cpus"), name, where, diagnostics);
            var nics = options.Table("nics")?.Fields.Select(n => new TestbedNic(n.Key, n.Value as string ?? "")).ToImmutableArray() ?? [];
            var rest = LuaConversion.ToValue(options.Table("options")) as Value.Map ?? new Value.Map([]);
            options.Done();
            hosts.Add(new TestbedHost(name, roles, cpus, nics, rest));
        }

        foreach (var role in Roles.Where(r => hosts.Count(h => h.Roles.Contains(r)) != 1))
        {
            diagnostics.Error(where, $"Exactly one host must have the role '{role}'.");
        }

        return hosts.ToImmutable();
    }

    private static ImmutableArray<int> Cpus(string? text, string host, SourceSpan where, DiagnosticBag diagnostics)
    {
        var cpus = ImmutableArray.CreateBuilder<int>();
        foreach (var part in text?.Split(',') ?? [])
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !int.TryParse(ends[0], out var first) || !int.TryParse(ends[^1], out var last) || last < first || last > 8191)
            {
                diagnostics.Error(where, $"'cpus' of the host '{host}' is '{text}', which is no list of CPUs like \"0-3,8\".");
                return [];
            }

            cpus.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return [.. cpus.Distinct().Order()];
    }

    private static ImmutableArray<string> Or(ImmutableArray<string> given, string otherwise) => given.IsEmpty ? [otherwise] : given;
}
