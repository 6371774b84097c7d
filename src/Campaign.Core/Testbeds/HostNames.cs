using Campaign.Definition;

namespace Campaign.Testbeds;

/// <summary>Hosts of a testbed, by name or role.</summary>
internal sealed class HostNames(TestbedDefinition definition)
{
    /// <returns>The host's name.</returns>
    /// <exception cref="TestbedException">The testbed has neither a host nor a role of that name.</exception>
    public string Resolve(string nameOrRole) =>
        (definition.Hosts.FirstOrDefault(h => h.Name == nameOrRole) ?? definition.Hosts.FirstOrDefault(h => h.Roles.Contains(nameOrRole)))?.Name
        ?? throw new TestbedException(
            $"The testbed '{definition.Name}' has no host and no role '{nameOrRole}'. It has {string.Join(", ", definition.Hosts.Select(h => h.Name))}.");
}
