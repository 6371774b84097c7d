using Campaign.Storage;

namespace Campaign.Reporting;

/// <summary>The first thing that a report says: what kind of testbed its figures come from, and what they are worth.</summary>
internal static class TestbedKind
{
    public static string Sentence(SweepRecord sweep) => sweep switch
    {
        { Simulated: true } => "Simulated: nothing here was measured. Every figure was invented from a seed.",
        { Driver: "local" } => "Measured on one PC over loopback: real packets and processes, but figures of a busy PC, not of a lab.",
        { Driver: "virtual" } => "Measured on an emulated machine: figures of an emulator, not of hardware.",
        _ => $"Measured on the testbed {sweep.TestbedTitle}.",
    };
}
