using Campaign.Storage;

namespace Campaign.Reporting;

/// <summary>On what a sweep was measured; every form of the report for people says it.</summary>
/// <param name="What">A sentence that stands out.</param>
/// <param name="Caution">What follows for the figures; may be empty.</param>
internal sealed record Origin(string What, string Caution)
{
    public static Origin Of(SweepRecord sweep) => sweep switch
    {
        { Imported: { } imported } => new("Imported.", $"{imported.Format} from {imported.Source}: measured by others, not measured or attested here."),
        { Simulated: true } => new("Simulated.", "No packet was sent: every figure below was made up from a seed."),
        { Driver: "local" } => new("Measured on one machine over loopback.", "Figures of a busy PC, not of a lab."),
        { Driver: "virtual" } => new("Measured on an emulated machine.", "Figures of an emulator, not of a lab."),
        _ => new("Measured on a testbed of real hosts.", ""),
    };
}
