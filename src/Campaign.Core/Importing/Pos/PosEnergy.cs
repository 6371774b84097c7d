using System.Collections.Immutable;
using System.Globalization;
using Campaign.Captures;
using Campaign.Conducting;

namespace Campaign.Importing.Pos;

/// <summary>What the power meter of a node wrote during a run: <c>timestamp,current_mA,voltage_V,power_active_W,energy_counter_Wh</c>, in any order of columns.</summary>
internal static class PosEnergy
{
    private const string Power = "power_active_W";
    private const string Energy = "energy_counter_Wh";

    /// <summary>Whether the first line of a file is that of such a table.</summary>
    public static bool Is(string header) => header.Contains(Power, StringComparison.Ordinal);

    /// <param name="path">A table whose header <see cref="Is"/>.</param>
    /// <param name="title">Stands before each name.</param>
    /// <param name="why">What cannot be used of it, as the end of a sentence about it; empty when all can.</param>
    public static ImmutableArray<Metric> Read(string path, string title, out string why)
    {
        var rows = CaptureArchive.ReadLines(path).Where(l => l.Length > 0).Select(l => l.Split(',', StringSplitOptions.TrimEntries)).ToArray();
        var watts = Column(rows, Power);
        var counter = Column(rows, Energy);
        var damaged = watts.Length != rows.Length - 1 || (counter.Length > 0 && counter.Length != rows.Length - 1);
        why = damaged ? "has rows that are no numbers; its figures are those of the others" : watts.Length == 0 ? "has no reading" : "";
        return
        [
            .. watts.Length > 0 ? new[] { new Metric($"{title} power", watts.Average(), "W") } : [],
            // A counter that went back was reset meanwhile.
            .. counter.Length > 1 && counter[^1] >= counter[0] ? new[] { new Metric($"{title} energy", counter[^1] - counter[0], "Wh") } : [],
        ];
    }

    private static double[] Column(string[][] rows, string name)
    {
        var column = Array.IndexOf(rows[0], name);
        return column < 0 ? [] :
        [
            .. rows.Skip(1).Select(r => r.Length > column && double.TryParse(r[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
                .Where(double.IsFinite),
        ];
    }
}
