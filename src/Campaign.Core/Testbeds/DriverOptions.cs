using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Testbeds;

/// <summary>Reads the <c>options</c> of a testbed file; what the driver does not ask for, it does not know.</summary>
internal sealed class DriverOptions(TestbedDefinition definition)
{
    private readonly DiagnosticBag _mistakes = new();
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);
    private readonly SourceSpan _where = new(definition.File);

    public bool Flag(string name, bool fallback) => Read(name) switch
    {
        Value.Nil => fallback,
        Value.Boolean { Content: var flag } => flag,
        var other => Refuse(name, other, "true or false", fallback),
    };

    /// <summary>A number of at least <paramref name="least"/> and at most <paramref name="most"/>.</summary>
    public double Number(string name, double fallback, double least, double most) => Read(name) switch
    {
        Value.Nil => fallback,
        Value.Integer { Content: var whole } when whole >= least && whole <= most => whole,
        Value.Number { Content: var number } when number >= least && number <= most => number,
        var other => Refuse(name, other, FormattableString.Invariant($"a number from {least} to {most}"), fallback),
    };

    public long Whole(string name, long fallback) => Read(name) switch
    {
        Value.Nil => fallback,
        Value.Integer { Content: var whole } => whole,
        var other => Refuse(name, other, "a whole number", fallback),
    };

    /// <summary>Reports all mistakes together, among them options that nobody asked for.</summary>
    /// <exception cref="CampaignException">Exit code 3.</exception>
    public void Check()
    {
        foreach (var name in definition.Options.Entries.Keys.Where(n => !_known.Contains(n)))
            _mistakes.Error(_where, $"The driver '{definition.Driver}' has no option '{name}'. It has {Names}.");

        foreach (var host in definition.Hosts)
        {
            foreach (var name in host.Options.Entries.Keys)
                _mistakes.Error(_where, $"The driver '{definition.Driver}' has no option '{name}' for hosts, which '{host.Name}' gives. Take it out.");
        }

        _mistakes.ThrowIfErrors();
    }

    private string Names => _known.Count == 0 ? "none" : string.Join(", ", _known);

    private Value Read(string name)
    {
        _known.Add(name);
        return definition.Options[name];
    }

    private T Refuse<T>(string name, Value value, string wanted, T fallback)
    {
        _mistakes.Error(_where, $"The option '{name}' must be {wanted}, but is {value.Canonical}.");
        return fallback;
    }
}
