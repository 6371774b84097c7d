namespace Campaign.Definition.Lua;

/// <summary>A function of a campaign, kept alive by the engine.</summary>
/// <param name="Reference">In the engine's registry.</param>
internal sealed record LuaFunction(int Reference);

/// <summary>A table as it was read: the items 1..n, then everything else by key.</summary>
internal sealed class LuaTable
{
    public List<object?> Items { get; } = [];

    public SortedDictionary<string, object?> Fields { get; } = new(StringComparer.Ordinal);
}
