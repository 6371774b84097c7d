using Campaign.Definition.Lua;
using Campaign.Diagnostics;
using static Campaign.Definition.Lua.NativeMethods;

namespace Campaign.Definition;

/// <summary>Calls the pure functions of a campaign with a cell.</summary>
/// <param name="file">The campaign file, for mistakes without a place.</param>
/// <param name="engine">Its engine.</param>
/// <param name="sources">Its files.</param>
/// <param name="names">Names that a cell may be asked for.</param>
internal sealed class CellFunctions(string file, LuaEngine engine, LuaSources sources, string[] names)
{
    private readonly LuaFunction _metatable = engine.Keep(engine.Function("cells"), (object)names);

    /// <exception cref="CampaignException">The function failed; names its line and the cell.</exception>
    public object? Call(LuaFunction function, Cell cell, Value? second = null)
    {
        try
        {
            return engine.Call(
                function,
                state =>
                {
                    Push(state, cell);
                    if (second is not null)
                    {
                        LuaConversion.Push(state, second);
                    }
                },
                state => LuaConversion.Read(state, -1));
        }
        catch (LuaException e)
        {
            throw new CampaignException([LuaScript.ToDiagnostic(e, sources, file, $"for {cell}")]);
        }
    }

    /// <summary>Pushes a cell as a table that answers for its axes only.</summary>
    public void Push(nint state, Cell cell)
    {
        _ = lua_checkstack(state, 8);
        lua_createtable(state, 0, cell.Names.Length);
        for (var i = 0; i < cell.Names.Length; i++)
        {
            if (cell.Values[i] is not Value.Nil)
            {
                LuaConversion.PushText(state, cell.Names[i]);
                LuaConversion.Push(state, cell.Values[i]);
                lua_rawset(state, -3);
            }
        }

        lua_rawgeti(state, RegistryIndex, _metatable.Reference);
        lua_setmetatable(state, -2);
    }
}
