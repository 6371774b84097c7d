namespace Campaign.Definition.Lua;

/// <summary>How much a campaign file may use.</summary>
internal sealed record LuaLimits
{
    /// <summary>Bytes that Lua may hold.</summary>
    public long Memory { get; init; } = 256 << 20;

    /// <summary>Processor time between two calls of the host.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for cleanups once the slice is over; then every instruction fails.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(0.5);
}
