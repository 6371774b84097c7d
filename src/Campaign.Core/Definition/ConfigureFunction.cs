using System.Collections.Immutable;
using Campaign.Definition.Lua;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>The campaign's <c>configure</c>: what it answers must be files by host and path.</summary>
internal sealed class ConfigureFunction(CellFunctions functions, LuaFunction function, SourceSpan where)
{
    private const string Wanted = "configure must answer { host = { [\"/path\"] = \"content\" } }";

    /// <exception cref="CampaignException">The answer is something else.</exception>
    public ImmutableArray<HostFile> Call(Cell cell, ConfigureInput input)
    {
        var answer = functions.Call(function, cell, input.Node);
        if (answer is not LuaTable { Items.Count: 0 } hosts)
        {
            throw Mistake(cell, $"{Wanted}, but it answered {OptionTable.Describe(answer)}");
        }

        return [.. hosts.Fields.SelectMany(h => Files(cell, h.Key, h.Value))];
    }

    private IEnumerable<HostFile> Files(Cell cell, string host, object? value) => value is LuaTable { Items.Count: 0 } files
        ? files.Fields.Select(f => f switch
        {
            { Key: not ['/', ..] } => throw Mistake(cell, $"The path '{f.Key}' on '{host}' must begin with '/'"),
            { Value: string content } => new HostFile(host, f.Key, content),
            _ => throw Mistake(cell, $"{Wanted}, but the content of '{f.Key}' is {OptionTable.Describe(f.Value)}"),
        })
        : throw Mistake(cell, $"{Wanted}, but for '{host}' it answered {OptionTable.Describe(value)}");

    private CampaignException Mistake(Cell cell, string message) =>
        new([new Diagnostic(DiagnosticSeverity.Error, where, $"{char.ToUpperInvariant(message[0])}{message[1..]} (for {cell}).")]);
}
