namespace Campaign.Testbeds.Virtual;

/// <summary>A machine as it was at one moment: memory and devices, some hundred megabytes.</summary>
/// <param name="Spec">How it was built.</param>
/// <param name="Access">How it is reached.</param>
/// <param name="BootId">Of the kernel that runs in it; the attestation sees whether it does.</param>
/// <param name="File">What QEMU wrote.</param>
internal sealed record MachineState(MachineSpec Spec, MachineAccess Access, string BootId, UnnamedFile File) : IDisposable
{
    public void Dispose() => File.Dispose();
}
