using System.Collections.Immutable;
using Campaign.Definition.Lua;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>The campaign's <c>boot</c>: what it answers must be a boot state, and one that the testbed can boot.</summary>
internal sealed class BootFunction(
    CellFunctions functions, LuaFunction function, SourceSpan where, TestbedDefinition testbed, ImmutableArray<Axis> axes)
{
    private const string Wanted = "boot must answer { dut = { os = \"…\", kernel = \"…\", cmdline = \"…\" } }";
    private const string AsItIs = "running";

    private readonly Dictionary<LuaTable, ImmutableSortedDictionary<string, BootRequest>> _read = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="CampaignException">The answer is none, or the testbed cannot boot it.</exception>
    public ImmutableSortedDictionary<string, BootRequest> Call(Cell cell)
    {
        var answer = functions.Call(function, cell);
        if (answer is not LuaTable { Items.Count: 0 } hosts)
        {
            throw Mistake(cell, $"{Wanted}, but it answered {OptionTable.Describe(answer)}");
        }

        // Equal answers are the same table: the function is asked once for each combination of values that it reads.
        return _read.TryGetValue(hosts, out var known)
            ? known
            : _read[hosts] = hosts.Fields.ToImmutableSortedDictionary(h => h.Key, h => Request(cell, h.Key, h.Value), StringComparer.Ordinal);
    }

    private BootRequest Request(Cell cell, string host, object? value)
    {
        if (value is not LuaTable)
        {
            throw Mistake(cell, $"{Wanted}, but for '{host}' it answered {OptionTable.Describe(value)}");
        }

        var options = new OptionTable($"the boot state of '{host}'", value, m => throw Mistake(cell, m));
        var request = new BootRequest(options.Text("os"), options.Text("kernel"), options.Text("cmdline"));
        options.Done();
        Check(cell, "kernel", request.Kernel, testbed.Kernels);
        Check(cell, "operating system", request.Os, testbed.OperatingSystems);
        return testbed.BootsCommandLines ? request : request with { CommandLine = null };
    }

    private void Check(Cell cell, string what, string? wanted, ImmutableArray<string> there)
    {
        if (wanted is null or AsItIs || there.Contains(wanted))
        {
            return;
        }

        var axis = axes.FirstOrDefault(a => cell[a.Name].ToString() == wanted)?.Name;
        throw Mistake(
            cell,
            $"the testbed '{testbed.Name}' (driver {testbed.Driver}) cannot boot the {what} '{wanted}'{(axis is null ? "" : $", which the axis '{axis}' asks for")}; it has {string.Join(", ", there)}",
            $"Drivers that boot kernels and systems are virtual, ssh and pos. Sweep testbed.{(what == "kernel" ? "kernels" : "oses")} to take what a testbed has.");
    }

    private CampaignException Mistake(Cell cell, string message, string? hint = null) =>
        new([new Diagnostic(DiagnosticSeverity.Error, where, $"{char.ToUpperInvariant(message[0])}{message[1..]} (for {cell}).", hint)]);
}
