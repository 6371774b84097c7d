using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>One line of a gate: a claim that is judged <c>pass</c>, <c>fail</c> or <c>inconclusive</c>. Analysis judges it; here it is read and checked.</summary>
/// <param name="Text">As written.</param>
/// <param name="Filter">The cells that it is about; null: all.</param>
/// <param name="Levels">The two levels that are held against each other; null: each cell is judged by itself.</param>
/// <param name="Metric"><c>p99.999</c>, <c>max</c>, <c>loss</c>, <c>supportable</c>, …</param>
/// <param name="Comparison"><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>; between levels <c>no-worse-than</c>, <c>equivalent</c>, <c>lower-by</c>.</param>
/// <param name="Bound">In nanoseconds for latencies; a fraction for losses, percentiles and margins; a factor for <c>lower-by</c>.</param>
/// <param name="Confidence">As a fraction; null when the rule names none.</param>
/// <param name="Over">Without a confidence: which repeats have to hold; <c>all</c>, <c>median</c> or <c>any</c>.</param>
/// <param name="Where">The line in the file.</param>
internal sealed record GateRule(
    string Text, CellFilter? Filter, GateLevels? Levels, string Metric, string Comparison, double Bound, double? Confidence, string Over, SourceSpan Where);

/// <summary>Two levels of an axis.</summary>
internal sealed record GateLevels(string Axis, Value Level, Value Baseline);
