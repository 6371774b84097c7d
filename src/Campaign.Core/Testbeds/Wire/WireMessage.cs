using System.Collections.Immutable;
using System.Globalization;

namespace Campaign.Testbeds.Wire;

/// <summary>
/// One line between the runner and a wire process: a verb, then <c>key=value</c> separated by tabs, so that paths may hold spaces. Plain text
/// because a JSON reader costs each of these short-lived processes more start-up time than all the rest of it.
/// </summary>
internal sealed record WireMessage(string Verb, ImmutableSortedDictionary<string, string> Values)
{
    public WireMessage(string verb, params ReadOnlySpan<(string Key, object Value)> values)
        : this(verb, Collect(values))
    {
    }

    /// <exception cref="IOException">The message has no such value: the two ends do not fit together.</exception>
    public string this[string key] =>
        Values.TryGetValue(key, out var value) ? value : throw new IOException($"The message '{Verb}' lacks its value '{key}'.");

    public long Number(string key) => long.Parse(this[key], CultureInfo.InvariantCulture);

    public static WireMessage Parse(string line)
    {
        var parts = line.Split('\t');
        return new WireMessage(parts[0], parts.Skip(1).Select(p => p.Split('=', 2)).ToImmutableSortedDictionary(p => p[0], p => p[1], StringComparer.Ordinal));
    }

    public override string ToString() => string.Join('\t', Values.Select(v => $"{v.Key}={v.Value}").Prepend(Verb));

    private static ImmutableSortedDictionary<string, string> Collect(ReadOnlySpan<(string Key, object Value)> values)
    {
        var collected = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
            collected.Add(key, Convert.ToString(value, CultureInfo.InvariantCulture)!.ReplaceLineEndings(" ").Replace('\t', ' '));

        return collected.ToImmutable();
    }
}
