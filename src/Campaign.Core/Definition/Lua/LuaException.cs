namespace Campaign.Definition.Lua;

/// <summary>Something went wrong in Lua, or with what Lua was given.</summary>
/// <param name="message">As Lua has it: <c>chunk:line: message</c> when the place is known.</param>
/// <param name="traceback">How it was reached; null when that is not known.</param>
internal sealed class LuaException(string message, string? traceback = null) : Exception(message)
{
    public string? Traceback { get; } = traceback;
}
