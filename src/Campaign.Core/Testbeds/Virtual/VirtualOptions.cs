using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Testbeds.Virtual;

/// <summary>What the testbed file says of the emulated machine, in its <c>options</c>.</summary>
/// <param name="Memory">MiB of the machine.</param>
/// <param name="BootPatience">How long one boot may take before it counts as hanging.</param>
internal sealed record VirtualOptions(int Memory, TimeSpan BootPatience)
{
    /// <exception cref="CampaignException">Exit code 3: there are options that the driver does not know, or with values that it does not take.</exception>
    public static VirtualOptions Read(TestbedDefinition definition)
    {
        var options = new DriverOptions(definition);
        var read = new VirtualOptions(
            (int)options.Number("memory", 2048, 768, 65536), TimeSpan.FromSeconds(options.Number("boot_patience", 120, 5, 3600)));
        options.Check();
        return read;
    }
}
