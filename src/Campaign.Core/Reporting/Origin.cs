using Campaign.Storage;

namespace Campaign.Reporting;

/// <summary>On what a sweep was measured; every form of the report for people says it.</summary>
/// <param name="What">A sentence that stands out.</param>
/// <param name="Caution">What follows for the figures; may be empty.</param>
internal sealed record Origin(string What, string Caution)
{
    public static Origin Of(SweepRecord sweep) => sweep.Sides.IsEmpty ? One(sweep) : Both([.. sweep.Sides.Select(s => (s.Title, One(s)))]);

    // Two sides that were measured alike have one origin; otherwise each is told, since what holds for one does not hold for the other.
    private static Origin Both((string Name, Origin Origin)[] sides) => sides.DistinctBy(s => s.Origin).Count() == 1
        ? sides[0].Origin
        : new Origin("Two origins.", string.Join(' ', sides.Select(s => $"{s.Name}: {s.Origin.What} {s.Origin.Caution}".TrimEnd())));

    private static Origin One(SweepRecord sweep) => sweep switch
    {
        { Imported: { } imported } => new("Imported.", $"{imported.Format} from {imported.Source}: measured by others, not measured or attested here."),
        { Simulated: true } => new("Simulated.", "No packet was sent: every figure below was made up from a seed."),
        { Driver: "local" } => new("Measured on one machine over loopback.", "Figures of a busy PC, not of a lab."),
        { Driver: "virtual" } => new("Measured on an emulated machine.", "Figures of an emulator, not of a lab."),
        _ => new("Measured on a testbed of real hosts.", ""),
    };
}
