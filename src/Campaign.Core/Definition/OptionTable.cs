using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition.Lua;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>
/// A table of named options, read with complaints: an option of the wrong type or of a name that nobody asked for is a mistake.
/// </summary>
/// <param name="of">What the table is for: <c>axis "rate"</c>.</param>
/// <param name="value">What Lua gave; nil is an empty table.</param>
/// <param name="complain">Takes a mistake; for a declaration it is collected, for an effect it is raised.</param>
internal sealed class OptionTable(string of, object? value, Action<string> complain)
{
    private readonly HashSet<string> _known = [];
    private readonly LuaTable _table = Table(of, value, complain);

    public string? Text(string name, string? otherwise = null) => Get<string>(name, "a string") ?? otherwise;

    public bool Flag(string name, bool otherwise = false) => Find(name) is null ? otherwise : Get<object>(name, "true or false") is true;

    public LuaFunction? Function(string name) => Get<LuaFunction>(name, "a function");

    public object? Any(string name) => Find(name);

    public LuaTable? Table(string name) => Get<LuaTable>(name, "a table");

    public long? Whole(string name) => Number(name) switch
    {
        null => null,
        { } number when number == Math.Floor(number) && Math.Abs(number) < 1e15 => (long)number,
        _ => Wrong<long?>(name, "a whole number"),
    };

    public double? Number(string name) => Find(name) switch
    {
        null => null,
        long n => n,
        double n => n,
        _ => Wrong<double?>(name, "a number"),
    };

    public TimeSpan? Seconds(string name) => Number(name) switch
    {
        null => null,
        >= 0 and <= 1e7 and var seconds => TimeSpan.FromSeconds(seconds),
        _ => Wrong<TimeSpan?>(name, "a number of seconds from 0 on"),
    };

    /// <summary>A list of strings; a single string is a list of one.</summary>
    public ImmutableArray<string> Texts(string name) => Find(name) switch
    {
        null => [],
        string one => [one],
        LuaTable { Fields.Count: 0 } list when list.Items.TrueForAll(i => i is string) => [.. list.Items.Cast<string>()],
        _ => Wrong<string[]>(name, "a list of strings") is { } none ? [.. none] : [],
    };

    /// <summary>Complains of every option that was not asked for.</summary>
    public void Done()
    {
        foreach (var name in _table.Fields.Keys.Where(k => !_known.Contains(k)))
        {
            var near = Spelling.Closest(name, _known);
            complain($"{of} has no option '{name}'{(near is null ? $"; it has {string.Join(", ", _known.Order(StringComparer.Ordinal))}" : $"; did you mean '{near}'?")}");
        }

        if (_table.Items.Count > 0)
        {
            complain(string.Create(CultureInfo.InvariantCulture, $"{of} wants named options, but was given {_table.Items.Count} without a name"));
        }
    }

    private object? Find(string name)
    {
        _known.Add(name);
        return _table.Fields.GetValueOrDefault(name);
    }

    private T? Get<T>(string name, string wanted)
        where T : class
    {
        var found = Find(name);
        return found is null or T ? (T?)found : Wrong<T>(name, wanted);
    }

    private T? Wrong<T>(string name, string wanted)
    {
        complain($"'{name}' of {of} must be {wanted}, but is {Describe(Find(name))}");
        return default;
    }

    private static LuaTable Table(string of, object? value, Action<string> complain)
    {
        if (value is not (null or LuaTable))
        {
            complain($"{of} wants a table of options, but was given {Describe(value)}");
        }

        return value as LuaTable ?? new LuaTable();
    }

    /// <summary>A value of Lua for people.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "nil",
        LuaFunction => "a function",
        LuaTable => "a table",
        string text => $"the string '{(text.Length > 40 ? text[..40] + "…" : text)}'",
        _ => LuaConversion.ToValue(value).Canonical,
    };
}
