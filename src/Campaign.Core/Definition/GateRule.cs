using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>One line of a gate. A later stage judges it; here it is read and checked.</summary>
/// <param name="Text">As written.</param>
/// <param name="Filter">The cells that it is about; null: all.</param>
/// <param name="Metric"><c>p99.999</c>, <c>max</c>, <c>loss</c>, …</param>
/// <param name="Comparison"><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c></param>
/// <param name="Bound">In nanoseconds for latencies, as a fraction for losses.</param>
/// <param name="Confidence">As a fraction; null when the rule names none.</param>
/// <param name="Where">The line in the campaign file.</param>
internal sealed record GateRule(
    string Text, CellFilter? Filter, string Metric, string Comparison, double Bound, double? Confidence, SourceSpan Where);
