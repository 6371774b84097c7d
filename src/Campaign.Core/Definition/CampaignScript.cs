using System.Collections.Immutable;
using System.Globalization;
using Campaign.Captures;
using Campaign.Definition.Lua;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>
/// Collects what a campaign file declares while it runs. A mistake is noted with its line and the file goes on, so that all of them are
/// reported together.
/// </summary>
internal sealed class CampaignScript(CampaignSource source, LuaSources sources, TemplateFunction template, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, SourceSpan> _once = [];
    private readonly CampaignProfiles _profiles = new(source.Profile);
    private readonly Dictionary<string, string> _settings = source.Settings.ToDictionary();
    private bool _loaded;
    private CampaignException? _unfitting;

    public string Name { get; private set; } = Path.GetFileNameWithoutExtension(source.File);

    public string? Title { get; private set; }

    public string Question { get; private set; } = "";

    public string? Testbed { get; private set; }

    public TrialFreshness Freshness { get; private set; }

    public string Profile => source.Profile ?? "";

    public StepLimits Limits { get; private set; } = new();

    public List<Parameter> Parameters { get; } = [];

    public List<AxisDeclaration> Axes { get; } = [];

    public List<(ImmutableArray<string> Names, SourceSpan Where)> Zips { get; } = [];

    public List<(string Name, LuaFunction Function, SourceSpan Where)> Derived { get; } = [];

    public List<(LuaFunction Function, string Reason, SourceSpan Where)> Exclusions { get; } = [];

    public int Repeats { get; private set; } = 1;

    public TrialOrder Order { get; private set; } = TrialOrder.Blocked;

    public long? Seed { get; private set; } = source.Seed;

    public Dictionary<string, (LuaFunction Function, SourceSpan Where)> Functions { get; } = [];

    public LatencyOptions Latency { get; private set; } = new();

    public ReportOptions Report { get; private set; } = new();

    public List<(string Text, SourceSpan Where)> Gates { get; } = [];

    /// <summary>Stripped bytecode of modules, by name.</summary>
    public SortedDictionary<string, byte[]> Modules { get; } = new(StringComparer.Ordinal);

    /// <summary>From now on the file has run, and declarations come too late.</summary>
    public void Loaded() => _loaded = true;

    /// <summary>Answers a call of the campaign language that does not act.</summary>
    public object? Call(string operation, string where, object?[] a)
    {
        var span = sources.Place(where) ?? new SourceSpan(source.File);
        switch (operation)
        {
            case "template":
                return Template(a);
            case "undefined":
                return Undefined(At(a, 0) as string ?? "", span);
            case "print":
                return null;
        }

        if (_loaded)
        {
            throw new LuaException($"'{operation}' declares something and belongs at the top level of the file");
        }

        return operation == "param" ? Param(a, span) : Declare(operation, a, span);
    }

    /// <summary>Notes a mistake.</summary>
    public void Error(SourceSpan where, string message, string? hint = null) => diagnostics.Error(where, Sentence(message), hint);

    private object? Declare(string operation, object?[] a, SourceSpan where)
    {
        switch (operation)
        {
            case "campaign":
                Head(Options("campaign", At(a, 0), where));
                break;
            case "axis":
                Axis(a, where);
                break;
            case "profile":
                Demand(At(a, 0) is string && At(a, 1) is LuaTable, where, "profile wants a name and a table of values: profile(\"quick\", { duration = 1 })");
                if (a is [string profile, LuaTable changes, ..])
                {
                    _profiles.Declare(profile, changes, where);
                }

                break;
            case "zip":
                Zips.Add(([.. a.OfType<string>()], where));
                Demand(a.Length > 1 && a.All(n => n is string), where, "zip wants the names of two axes or more");
                break;
            case "derive":
                Demand(At(a, 0) is string && At(a, 1) is LuaFunction, where, "derive wants a name and a function of the cell");
                if (a is [string name, LuaFunction derive, ..])
                {
                    Derived.Add((name, derive, where));
                }

                break;
            case "exclude":
                Demand(At(a, 0) is LuaFunction && At(a, 1) is string { Length: > 0 }, where, "exclude wants a function of the cell and the reason as a string");
                if (a is [LuaFunction excludes, string reason, ..])
                {
                    Exclusions.Add((excludes, reason, where));
                }

                break;
            case "repeats":
                Once(operation, where);
                var times = _profiles.Take("repeats", At(a, 0));
                Repeats = times is long and >= 1 and <= 100_000 and var n ? (int)n : Wrong(where, $"The number of repeats must be a whole number from 1 on, but is {OptionTable.Describe(times)}", 1);
                break;
            case "order":
                OrderOf(a, where);
                break;
            case "boot" or "configure" or "setup" or "measure" or "teardown":
                Once(operation, where);
                Demand(At(a, 0) is LuaFunction, where, $"{operation} wants a function");
                if (At(a, 0) is LuaFunction function)
                {
                    Functions[operation] = (function, where);
                }

                break;
            case "report":
                Once(operation, where);
                ReportOf(Options("report", At(a, 0), where));
                break;
            case "gate":
                Demand(At(a, 0) is string, where, "gate wants its rules as a string: gate [[ … ]]");
                if (At(a, 0) is string text)
                {
                    Gates.Add((text, where));
                }

                break;
            case "latency":
                Once(operation, where);
                var options = Options("latency", At(a, 0), where);
                Latency = EffectReader.Latency(options, Latency);
                options.Done();
                CheckLatency(where);
                break;
            default:
                throw new LuaException($"there is no function '{operation}'");
        }

        return null;
    }

    private void Head(OptionTable options)
    {
        Name = options.Text("name", Name)!;
        Title = options.Text("title");
        Question = options.Text("question", "")!;
        Testbed = options.Text("testbed");
        var freshness = options.Text("isolation_between_trials", "none")!;
        if (!Enum.TryParse<TrialFreshness>(freshness, ignoreCase: true, out var parsed) || char.IsAsciiDigit(freshness[0]))
        {
            Error(new SourceSpan(source.File), $"isolation_between_trials must be \"boot\", \"snapshot\" or \"none\", but is \"{freshness}\"");
        }

        Freshness = parsed;
        if (options.Table("limits") is { } table)
        {
            var limits = new OptionTable("limits", table, m => Error(new SourceSpan(source.File), m));
            Limits = new StepLimits
            {
                Boot = limits.Seconds("boot") ?? Limits.Boot,
                Setup = limits.Seconds("setup") ?? Limits.Setup,
                Measure = limits.Seconds("measure") ?? Limits.Measure,
                Teardown = limits.Seconds("teardown") ?? Limits.Teardown,
            };
            limits.Done();
        }

        options.Done();
        if (Name.Length == 0 || !Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            Error(new SourceSpan(source.File), $"The name of a campaign is also that of a folder: letters, digits, '-' and '_', but it is '{Name}'");
        }
    }

    private object? Param(object?[] a, SourceSpan where)
    {
        if (a is not [string name, { } given, ..] || given is LuaFunction or LuaTable)
        {
            Error(where, "param wants a name, a default value, and what it means");
            return At(a, 1);
        }

        var otherwise = LuaConversion.ToValue(_profiles.Take(name, given));
        var value = _settings.Remove(name, out var typed) ? Setting(name, typed, otherwise, where) : otherwise;
        if (Parameters.Exists(p => p.Name == name))
        {
            Error(where, $"The parameter '{name}' is declared twice");
        }

        Parameters.Add(new Parameter(name, value, otherwise, At(a, 2) as string ?? ""));
        return value;
    }

    /// <summary>Complains of settings that do not fit, or that no parameter took.</summary>
    public void CheckSettings()
    {
        if (_unfitting is not null)
        {
            throw _unfitting;
        }

        _profiles.Check();
        foreach (var name in _settings.Keys)
        {
            var known = Parameters.Select(p => p.Name).ToArray();
            throw new CampaignException(
                $"The campaign has no parameter '{name}'.", ExitCode.Usage, known.Length == 0 ? "It has none at all." : $"It has {string.Join(", ", known)}.");
        }
    }

    private Value Setting(string name, string typed, Value otherwise, SourceSpan where) => otherwise switch
    {
        Value.Text => Value.Of(typed),
        Value.Boolean when bool.TryParse(typed, out var b) => Value.Of(b),
        Value.Integer when long.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) => Value.Of(n),
        Value.Integer or Value.Number when double.TryParse(typed, CultureInfo.InvariantCulture, out var n) => Value.Of(n),
        _ => Unfitting(new CampaignException($"'--set {name}={typed}' does not fit the parameter '{name}' ({where}), whose default is {otherwise.Canonical}.", ExitCode.Usage), otherwise),
    };

    private Value Unfitting(CampaignException mistake, Value otherwise)
    {
        _unfitting ??= mistake;
        return otherwise;
    }

    private void Axis(object?[] a, SourceSpan where)
    {
        if (a is not [string name, LuaTable written, ..])
        {
            Error(where, "axis wants a name and a list of values: axis(\"kernel\", { \"nohz\", \"rt\" })");
            return;
        }

        var values = _profiles.Take(name, written);

        var options = Options($"the axis '{name}'", At(a, 2), where);
        var only = options.Function("only");
        var unit = options.Text("unit", "")!;
        var otherwise = LuaConversion.ToValue(options.Any("default"));
        options.Done();
        Demand(values.Fields.Count == 0 && values.Items.Count > 0, where, $"The axis '{name}' wants a list of at least one value");
        Demand(values.Items.TrueForAll(v => v is bool or long or double or string), where, $"The values of the axis '{name}' must be strings, numbers or booleans");
        Demand(!Axes.Exists(x => x.Name == name) && name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'),
            where, $"'{name}' is no name for an axis, or another axis has it: letters, digits and '_', each once");
        ImmutableArray<Value> levels = [.. values.Items.Where(v => v is bool or long or double or string).Select(LuaConversion.ToValue)];
        var twice = levels.GroupBy(v => v.Canonical, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        Demand(twice is null, where, $"The axis '{name}' has the value {twice?.Key} twice");
        Axes.Add(new AxisDeclaration(name, levels, unit, otherwise is Value.Nil ? null : otherwise, only, where));
    }

    private void OrderOf(object?[] a, SourceSpan where)
    {
        Once("order", where);
        Order = At(a, 0) switch
        {
            "blocked" => TrialOrder.Blocked,
            "random" => TrialOrder.Random,
            "as-written" => TrialOrder.AsWritten,
            var other => Wrong(where, $"The order must be \"blocked\", \"random\" or \"as-written\", but is {OptionTable.Describe(other)}", TrialOrder.Blocked),
        };
        var options = Options("order", At(a, 1), where);
        Seed ??= options.Whole("seed");
        options.Done();
    }

    private void ReportOf(OptionTable options)
    {
        var baseline = options.Table("baseline");
        Report = new ReportOptions
        {
            Baseline = baseline is null ? Report.Baseline : baseline.Fields.ToImmutableSortedDictionary(f => f.Key, f => LuaConversion.ToValue(f.Value), StringComparer.Ordinal),
            Compare = options.Texts("compare"),
            RateTolerance = options.Number("rate_tolerance") ?? Report.RateTolerance,
        };
        options.Done();
    }

    private void CheckLatency(SourceSpan where)
    {
        Demand(
            new EvaluationOptions().WithIdentity(Latency.Identity) is not null, where,
            $"'identity' must be one of {EvaluationOptions.Identities}, but is \"{Latency.Identity}\"");
        Demand(Latency.Captures is "compress" or "keep" or "delete", where, $"'captures' must be \"compress\", \"keep\" or \"delete\", but is \"{Latency.Captures}\"");
    }

    private string Template(object?[] a)
    {
        if (At(a, 0) is not string name)
        {
            throw new LuaException("template wants a name: template(\"host/cmdline\", { … })");
        }

        var values = LuaConversion.ToValue(At(a, 1));
        return template(name, values as Value.Map ?? new Value.Map([]));
    }

    private object? Undefined(string name, SourceSpan where)
    {
        if (_loaded)
        {
            throw new LuaException($"there is no global '{name}'");
        }

        Error(where, $"There is no global '{name}'{(Spelling.Closest(name, Language) is { } near ? $"; did you mean '{near}'?" : "")}");
        return null;
    }

    private void Once(string operation, SourceSpan where)
    {
        if (!_once.TryAdd(operation, where))
        {
            Error(where, $"'{operation}' stands here a second time; it was given before, in line {_once[operation].Line}");
        }
    }

    private OptionTable Options(string of, object? value, SourceSpan where) => new(of, value, message => Error(where, message));

    private void Demand(bool holds, SourceSpan where, string otherwise)
    {
        if (!holds)
        {
            Error(where, otherwise);
        }
    }

    private T Wrong<T>(SourceSpan where, string message, T otherwise)
    {
        Error(where, message);
        return otherwise;
    }

    private static object? At(object?[] a, int index) => index < a.Length ? a[index] : null;

    private static string Sentence(string message) => message is [.., '.' or '?'] ? message : message + ".";

    private static readonly string[] Language =
    [
        "campaign", "param", "axis", "zip", "derive", "exclude", "repeats", "order", "boot", "configure", "setup", "measure", "teardown", "profile", "report", "gate",
        "template", "traffic", "latency", "parallel", "sleep", "retry", "log", "record", "artefact", "testbed", "require",
        "pairs", "ipairs", "string", "table", "math", "tostring", "tonumber", "type", "error", "assert", "pcall", "select", "print",
    ];
}

/// <summary>An axis as it was declared.</summary>
internal sealed record AxisDeclaration(string Name, ImmutableArray<Value> Values, string Unit, Value? Default, LuaFunction? Only, SourceSpan Where);
