namespace Campaign;

/// <summary>Which trials of a plan a command line is about, as typed.</summary>
/// <param name="Only">A filter on cells; null: all.</param>
/// <param name="Shard"><c>2/4</c>; null: all.</param>
internal sealed record TrialChoice(string? Only, string? Shard)
{
    public static readonly TrialChoice All = new(null, null);
}
