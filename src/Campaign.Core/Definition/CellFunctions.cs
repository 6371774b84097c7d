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

    private readonly Dictionary<LuaFunction, AnswerTree> _answers = [];

    /// <summary>Asks a pure function about a cell; a second argument must always be the same.</summary>
    /// <exception cref="CampaignException">The function failed; names its line and the cell.</exception>
    public object? Call(LuaFunction function, Cell cell, Value? second = null)
    {
        if (!_answers.TryGetValue(function, out var answers))
        {
            answers = _answers[function] = new AnswerTree();
        }

        if (answers.TryFind(cell, out var known))
        {
            return known;
        }

        try
        {
            var (reads, answer) = engine.Call(
                engine.Function("traced"), state => PushCall(state, function, cell, second), answers: 2,
                state => ((LuaTable)LuaConversion.Read(state, -2)!, LuaConversion.Read(state, -1)));
            answers.Add(cell, reads.Items.Cast<string>(), answer);
            return answer;
        }
        catch (LuaException e)
        {
            throw new CampaignException([LuaScript.ToDiagnostic(e, sources, file, $"for {cell}")]);
        }
    }

    private void PushCall(nint state, LuaFunction function, Cell cell, Value? second)
    {
        LuaConversion.Push(state, function);
        Push(state, cell);
        if (second is not null)
        {
            LuaConversion.Push(state, second);
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
