using Campaign.Definition;

namespace Campaign.Planning;

/// <summary>How a campaign names a testbed's machines: by name or by role.</summary>
internal static class HostNames
{
    /// <summary>The host of that name, otherwise the first with that role; null when there is neither.</summary>
    public static TestbedHost? Find(TestbedDefinition testbed, string name) =>
        testbed.Hosts.FirstOrDefault(h => h.Name == name) ?? testbed.Hosts.FirstOrDefault(h => h.Roles.Contains(name));

    /// <summary>For people: <c>dut, loadgen, timestamper</c>.</summary>
    public static string List(TestbedDefinition testbed) =>
        string.Join(", ", testbed.Hosts.SelectMany(h => h.Roles.Prepend(h.Name)).Distinct(StringComparer.Ordinal));
}
