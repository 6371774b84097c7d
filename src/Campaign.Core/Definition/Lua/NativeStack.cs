using System.Runtime.InteropServices;

namespace Campaign.Definition.Lua;

/// <summary>Stack operations that Lua's header defines as macros.</summary>
internal static partial class NativeStack
{
    public static void Remove(nint state, int index)
    {
        Rotate(state, index, -1);
        NativeMethods.lua_settop(state, -2);
    }

    [LibraryImport("lua54", EntryPoint = "lua_rotate")]
    private static partial void Rotate(nint state, int index, int places);
}
