using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Storage;

namespace Campaign.Importing.Pos;

/// <summary>What was swept: every variable of the loop files is an axis, also one with a single value, but the one that only counts repeats.</summary>
internal sealed class PosAxes
{
    private const int RepeatsAtMost = 10_000;

    private static readonly ImmutableArray<string> RepeatNames = ["repeat", "repeats", "repetition", "repetitions", "run", "iteration"];
    private static readonly ImmutableArray<string> RateNames = ["pkt_rate", "pktrate", "packet_rate", "packetrate"];
    private static readonly ImmutableArray<string> SizeNames = ["pkt_sz", "pkt_size", "pktsize", "packet_sz", "packet_size", "packetsize"];

    private readonly HashSet<(string Cell, int Repeat)> _taken = [];
    private readonly Dictionary<string, int> _last = [];

    private PosAxes(ImmutableArray<PosRun> runs)
    {
        var values = runs.SelectMany(r => r.Values).GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.Select(v => v.Value).Distinct().ToArray());
        Repeat = RepeatNames.FirstOrDefault(n => values.TryGetValue(n, out var all) && all.All(v => v is Value.Integer { Content: >= 0 and < RepeatsAtMost })) ?? "";
        var first = Repeat.Length > 0 && values[Repeat].Contains(Value.Of(0)) ? 1 : 0;
        Axes = [.. values.Where(v => v.Key != Repeat).Select(v => new AxisRecord(v.Key, UnitOf(v.Key), [.. ImportedSweep.Ordered(v.Value)]))];
        Trials = [.. runs.Select(r => Header(r, first))];
    }

    public ImmutableArray<AxisRecord> Axes { get; }

    /// <summary>One trial for each run, in their order.</summary>
    public ImmutableArray<TrialHeader> Trials { get; }

    /// <summary>The variable that counts repeats; empty: none does.</summary>
    public string Repeat { get; }

    /// <summary>How many runs had the values, and the repeat, of one before.</summary>
    public int Renumbered { get; private set; }

    /// <param name="runs">At least one, by number.</param>
    public static PosAxes Of(ImmutableArray<PosRun> runs) => new(runs);

    /// <summary>The rate that was asked for in packets per second; 0: no variable is known to say it.</summary>
    public static double RateOf(TrialHeader trial) => NumberOf(trial, RateNames);

    /// <summary>The asked-for frame size in bytes, as the load generator takes it; 0: no variable is known to say it.</summary>
    public static int SizeOf(TrialHeader trial) => (int)NumberOf(trial, SizeNames);

    private static string UnitOf(string axis) => RateNames.Contains(axis) ? "pkt/s" : SizeNames.Contains(axis) ? "B" : "";

    private static double NumberOf(TrialHeader trial, ImmutableArray<string> names) =>
        trial.Cell.FirstOrDefault(v => names.Contains(v.Key)).Value switch { Value.Integer whole => whole.Content, Value.Number number => number.Content, _ => 0 };

    private TrialHeader Header(PosRun run, int first)
    {
        var values = run.Values.ToDictionary();
        ImmutableArray<KeyValuePair<string, Value>> cell = [.. Axes.Where(a => values.ContainsKey(a.Name)).Select(a => KeyValuePair.Create(a.Name, values[a.Name]))];
        var key = string.Join('\n', cell.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key}={v.Value.Canonical}")));
        var next = _last.GetValueOrDefault(key) + 1;
        var said = values.TryGetValue(Repeat, out var value) && value is Value.Integer counted ? (int)counted.Content + first : next;
        if (!_taken.Add((key, said)))
        {
            said = next;
            _taken.Add((key, said));
        }

        Renumbered += (run.Values.IsEmpty && !run.Refusals.IsEmpty) || said == (value is Value.Integer own ? (int)own.Content + first : 1) ? 0 : 1;
        _last[key] = Math.Max(_last.GetValueOrDefault(key), said);
        return ImportedSweep.Header(cell, said);
    }
}
