using System.Globalization;
using System.Text;
using static Campaign.Definition.Lua.NativeMethods;

namespace Campaign.Definition.Lua;

/// <summary>
/// Between Lua's stack and managed values, by raw access only: nothing here can call a metamethod, and so nothing can raise. Lua to managed: nil,
/// bool, long, double, string, <see cref="LuaTable"/>, <see cref="LuaFunction"/>.
/// </summary>
internal static unsafe class LuaConversion
{
    private const int Deepest = 64;
    private const int TypeBoolean = 1;
    private const int TypeNumber = 3;
    private const int TypeString = 4;
    private const int TypeTable = 5;
    private const int TypeFunction = 6;

    /// <exception cref="LuaException">The value is nested too deeply, contains itself, or is of a kind that is no data.</exception>
    public static object? Read(nint state, int index, int depth = 0)
    {
        switch (lua_type(state, index))
        {
            case <= 0:
                return null;
            case TypeBoolean:
                return lua_toboolean(state, index) != 0;
            case TypeNumber:
                // Not with ?: — that would make a double of both.
                if (lua_isinteger(state, index) != 0)
                {
                    return lua_tointegerx(state, index, null);
                }

                return lua_tonumberx(state, index, null);
            case TypeString:
                return ReadText(state, index);
            case TypeTable:
                return ReadTable(state, index, depth);
            case TypeFunction:
                lua_pushvalue(state, index);
                return new LuaFunction(luaL_ref(state, RegistryIndex));
            default:
                throw new LuaException("a coroutine or another object of Lua cannot be handed over; give plain values");
        }
    }

    public static string ReadText(nint state, int index)
    {
        nuint length;
        var text = lua_tolstring(state, index, &length);
        return text == null ? "" : Encoding.UTF8.GetString(text, (int)length);
    }

    public static void Push(nint state, object? value)
    {
        switch (value)
        {
            case null or Value.Nil:
                lua_pushnil(state);
                break;
            case bool b:
                lua_pushboolean(state, b ? 1 : 0);
                break;
            case long n:
                lua_pushinteger(state, n);
                break;
            case double n:
                lua_pushnumber(state, n);
                break;
            case string text:
                PushText(state, text);
                break;
            case LuaFunction function:
                lua_rawgeti(state, RegistryIndex, function.Reference);
                break;
            case Value.Boolean { Content: var b }:
                lua_pushboolean(state, b ? 1 : 0);
                break;
            case Value.Integer { Content: var n }:
                lua_pushinteger(state, n);
                break;
            case Value.Number { Content: var n }:
                lua_pushnumber(state, n);
                break;
            case Value.Text { Content: var text }:
                PushText(state, text);
                break;
            case Value.List { Items: var items }:
                PushList(state, items);
                break;
            case Value.Map { Entries: var entries }:
                lua_createtable(state, 0, entries.Count);
                foreach (var (key, item) in entries)
                {
                    PushText(state, key);
                    Push(state, item);
                    lua_rawset(state, -3);
                }

                break;
            case IReadOnlyList<string> names:
                PushList(state, names);
                break;
            default:
                throw new InvalidOperationException($"{value.GetType()} has no form in Lua.");
        }
    }

    public static void PushText(nint state, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* p = bytes)
        {
            lua_pushlstring(state, p, (nuint)bytes.Length);
        }
    }

    /// <summary>Data without functions as a <see cref="Value"/>.</summary>
    /// <exception cref="LuaException">There is a function in it.</exception>
    public static Value ToValue(object? value) => value switch
    {
        null => Value.Nil.Instance,
        bool b => Value.Of(b),
        long n => Value.Of(n),
        double n => Value.Of(n),
        string text => Value.Of(text),
        LuaTable { Fields.Count: 0, Items.Count: > 0 } table => new Value.List([.. table.Items.Select(ToValue)]),
        LuaTable table => new Value.Map(
            table.Items.Select((item, i) => KeyValuePair.Create((i + 1).ToString(CultureInfo.InvariantCulture), ToValue(item)))
                .Concat(table.Fields.Select(f => KeyValuePair.Create(f.Key, ToValue(f.Value))))),
        LuaFunction => throw new LuaException("a function stands where a plain value is wanted"),
        _ => throw new InvalidOperationException($"{value.GetType()} is no value of Lua."),
    };

    private static LuaTable ReadTable(nint state, int index, int depth)
    {
        if (depth == Deepest || lua_checkstack(state, 8) == 0)
        {
            throw new LuaException($"a table is nested more than {Deepest} deep, or contains itself");
        }

        var table = new LuaTable();
        var at = index < 0 ? lua_gettop(state) + index + 1 : index;
        var length = (long)lua_rawlen(state, at);
        for (var i = 1L; i <= length; i++)
        {
            lua_rawgeti(state, at, i);
            table.Items.Add(Read(state, -1, depth + 1));
            lua_settop(state, -2);
        }

        lua_pushnil(state);
        while (lua_next(state, at) != 0)
        {
            if (lua_isinteger(state, -2) == 0 || lua_tointegerx(state, -2, null) is var n && (n < 1 || n > length))
            {
                table.Fields[Key(state)] = Read(state, -1, depth + 1);
            }

            lua_settop(state, -2);
        }

        return table;
    }

    // A copy of the key: lua_tolstring changes a number in place, which would break lua_next.
    private static string Key(nint state)
    {
        if (lua_type(state, -2) is not (TypeNumber or TypeString))
        {
            throw new LuaException("the keys of a table must be strings or numbers here");
        }

        lua_pushvalue(state, -2);
        var key = ReadText(state, -1);
        lua_settop(state, -2);
        return key;
    }

    private static void PushList<T>(nint state, IReadOnlyList<T> items)
    {
        lua_createtable(state, items.Count, 0);
        for (var i = 0; i < items.Count; i++)
        {
            Push(state, items[i]);
            lua_rawseti(state, -2, i + 1);
        }
    }
}
