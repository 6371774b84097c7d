using System.Runtime.InteropServices;

namespace Campaign.Definition.Lua;

/// <summary>The functions of the native Lua 5.4 library that are used. None of them is called in a way that could jump over a managed frame.</summary>
internal static unsafe partial class NativeMethods
{
    public const int Ok = 0;
    public const int Yield = 1;
    public const int ErrorMemory = 4;
    public const int MultiReturn = -1;
    public const int RegistryIndex = -1_000_000 - 1000;
    public const int MaskCount = 1 << 3;
    public const int CollectAll = 2;

    private const string Library = "lua54";

    [LibraryImport(Library)]
    public static partial nint lua_newstate(delegate* unmanaged[Cdecl]<void*, void*, nuint, nuint, void*> allocate, void* context);

    [LibraryImport(Library)]
    public static partial void lua_close(nint state);

    [LibraryImport(Library)]
    public static partial nint lua_newthread(nint state);

    [LibraryImport(Library)]
    public static partial int lua_gettop(nint state);

    [LibraryImport(Library)]
    public static partial void lua_settop(nint state, int index);

    [LibraryImport(Library)]
    public static partial void lua_pushvalue(nint state, int index);

    [LibraryImport(Library)]
    public static partial void lua_xmove(nint from, nint to, int count);

    [LibraryImport(Library)]
    public static partial int lua_type(nint state, int index);

    [LibraryImport(Library)]
    public static partial int lua_isinteger(nint state, int index);

    [LibraryImport(Library)]
    public static partial long lua_tointegerx(nint state, int index, int* isNumber);

    [LibraryImport(Library)]
    public static partial double lua_tonumberx(nint state, int index, int* isNumber);

    [LibraryImport(Library)]
    public static partial int lua_toboolean(nint state, int index);

    [LibraryImport(Library)]
    public static partial byte* lua_tolstring(nint state, int index, nuint* length);

    [LibraryImport(Library)]
    public static partial nint lua_topointer(nint state, int index);

    [LibraryImport(Library)]
    public static partial void lua_pushnil(nint state);

    [LibraryImport(Library)]
    public static partial void lua_pushnumber(nint state, double value);

    [LibraryImport(Library)]
    public static partial void lua_pushinteger(nint state, long value);

    [LibraryImport(Library)]
    public static partial void lua_pushboolean(nint state, int value);

    [LibraryImport(Library)]
    public static partial byte* lua_pushlstring(nint state, byte* text, nuint length);

    [LibraryImport(Library)]
    public static partial void lua_pushcclosure(nint state, delegate* unmanaged[Cdecl]<nint, int> function, int upvalues);

    [LibraryImport(Library)]
    public static partial void lua_pushlightuserdata(nint state, nint pointer);

    [LibraryImport(Library)]
    public static partial void lua_createtable(nint state, int list, int map);

    [LibraryImport(Library)]
    public static partial void lua_rawset(nint state, int index);

    [LibraryImport(Library)]
    public static partial void lua_rawget(nint state, int index);

    [LibraryImport(Library)]
    public static partial void lua_rawgeti(nint state, int index, long key);

    [LibraryImport(Library)]
    public static partial void lua_rawseti(nint state, int index, long key);

    [LibraryImport(Library)]
    public static partial ulong lua_rawlen(nint state, int index);

    [LibraryImport(Library)]
    public static partial int lua_next(nint state, int index);

    [LibraryImport(Library)]
    public static partial int lua_pcallk(nint state, int arguments, int results, int handler, nint context, nint continuation);

    [LibraryImport(Library)]
    public static partial int lua_resume(nint state, nint from, int arguments, int* results);

    [LibraryImport(Library)]
    public static partial void lua_dump(nint state, delegate* unmanaged[Cdecl]<nint, void*, nuint, void*, int> writer, void* data, int strip);

    [LibraryImport(Library)]
    public static partial void lua_sethook(nint state, delegate* unmanaged[Cdecl]<nint, nint, void> hook, int mask, int count);

    [LibraryImport(Library)]
    public static partial void lua_getinfo(nint state, byte* what, nint activation);

    [LibraryImport(Library)]
    public static partial void lua_gc(nint state, int what);

    [LibraryImport(Library)]
    public static partial int lua_checkstack(nint state, int slots);

    [LibraryImport(Library)]
    public static partial void lua_setmetatable(nint state, int index);

    [LibraryImport(Library)]
    public static partial int luaL_ref(nint state, int table);

    [LibraryImport(Library)]
    public static partial void luaL_unref(nint state, int table, int reference);

    [LibraryImport(Library)]
    public static partial int luaL_loadbufferx(nint state, byte* text, nuint length, byte* name, byte* mode);

    [LibraryImport(Library)]
    public static partial void luaL_requiref(nint state, byte* name, nint open, int global);
}
