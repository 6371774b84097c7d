using Campaign.Definition.Lua;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>
/// The profiles of a campaign file: other values for its parameters, axes and repeats, chosen by name on the command line. A profile stands before what it changes, because
/// <c>param</c> answers at once.
/// </summary>
/// <param name="wanted">The profile that was asked for; null: none.</param>
internal sealed class CampaignProfiles(string? wanted)
{
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private SourceSpan? _where;

    /// <summary>Takes <c>profile(name, values)</c>.</summary>
    public void Declare(string name, LuaTable values, SourceSpan where)
    {
        _names.Add(name);
        if (name != wanted)
        {
            return;
        }

        _where = where;
        foreach (var (key, value) in values.Fields)
        {
            _values[key] = value;
        }
    }

    /// <summary>The value of a parameter, or the number of repeats; <paramref name="otherwise"/> when the profile does not change it.</summary>
    public object? Take(string name, object? otherwise) => _values.Remove(name, out var value) ? value : otherwise;

    /// <summary>The values of an axis; a single value stands for a list of it.</summary>
    public LuaTable Take(string axis, LuaTable otherwise)
    {
        var taken = Take(axis, (object)otherwise);
        if (taken is LuaTable values)
        {
            return values;
        }

        var single = new LuaTable();
        single.Items.Add(taken);
        return single;
    }

    /// <summary>Complains of a profile that there is not, or that changes what there is not.</summary>
    /// <exception cref="CampaignException">Exit code 2 or 3.</exception>
    public void Check()
    {
        if (wanted is not null && !_names.Contains(wanted))
        {
            throw new CampaignException(
                $"The campaign has no profile '{wanted}'.", ExitCode.Usage, _names.Count == 0 ? "It has none at all." : $"It has {string.Join(", ", _names)}.");
        }

        if (_values.Count > 0)
        {
            throw new CampaignException([.. _values.Keys.Select(k => new Diagnostic(
                DiagnosticSeverity.Error, _where!, $"The profile '{wanted}' changes '{k}', but behind it no parameter and no axis has that name.",
                "Write profile(…) before what it changes."))]);
        }
    }
}
