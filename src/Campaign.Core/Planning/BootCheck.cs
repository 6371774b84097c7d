using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Planning;

/// <summary>Holds what a cell wants booted against what the testbed says it can boot.</summary>
internal static class BootCheck
{
    private const string Remedy =
        "The drivers virtual, ssh and pos can boot machines: choose such a testbed with --testbed, or take the axis' values from "
        + "testbed.kernels and testbed.oses.";

    /// <summary>Whether the testbed exchanges kernel command lines; <c>dry</c> plays every testbed.</summary>
    public static bool ChangesCommandLines(TestbedDefinition testbed) => testbed.BootsCommandLines || testbed.Driver == "dry";

    /// <param name="hosts">What <paramref name="cell"/> wants booted, by host or role.</param>
    /// <param name="errors">Takes what the testbed cannot do.</param>
    public static void Check(
        CampaignDefinition definition, ImmutableSortedDictionary<string, BootRequest> hosts, Cell cell, CellErrors errors)
    {
        var testbed = definition.Testbed;
        foreach (var (name, request) in hosts)
        {
            if (HostNames.Find(testbed, name) is not { } host)
            {
                Complain($"'boot' names the host '{name}', which the testbed '{testbed.Name}' does not have. It has {HostNames.List(testbed)}.", "Name a host or a role of the testbed.");
            }
            else if (host.Roles.Contains("dut"))
            {
                CheckLevel("kernel", request.Kernel, testbed.Kernels);
                CheckLevel("operating system", request.Os, testbed.OperatingSystems);
                if (testbed.Lacks.FirstOrDefault(l => l.Os == request.Os && l.Kernel == request.Kernel) is { } lack)
                {
                    Complain(
                        $"'boot' asks for the kernel '{lack.Kernel}' on {lack.Os}, which the testbed '{testbed.Name}' does not have: {lack.Because}.",
                        $"Leave it out: exclude(function(c) return c.kernel == \"{lack.Kernel}\" and c.os == \"{lack.Os}\" end, \"{lack.Because}\")");
                }

                if (request.CommandLine is not null && !ChangesCommandLines(testbed))
                {
                    Complain($"'boot' asks for a kernel command line, which the driver '{testbed.Driver}' of the testbed '{testbed.Name}' cannot change.", Remedy);
                }
            }
        }

        void CheckLevel(string what, string? wanted, ImmutableArray<string> known)
        {
            // A testbed that lists none does not know what it can boot; its driver will say.
            if (wanted is not null && !known.IsEmpty && !known.Contains(wanted))
            {
                var axis = definition.Axes.FirstOrDefault(a => cell[a.Name].ToString() == wanted);
                var asker = axis is null ? "'boot'" : $"Axis '{axis.Name}'";
                Complain($"{asker} asks for the {what} '{wanted}', which the testbed '{testbed.Name}' (driver {testbed.Driver}) cannot boot. It has {string.Join(", ", known)}.", Remedy, axis);
            }
        }

        void Complain(string message, string hint, Axis? axis = null) =>
            errors.Add(new Diagnostic(DiagnosticSeverity.Error, axis?.Where ?? new SourceSpan(definition.File), message, hint), cell);
    }
}
