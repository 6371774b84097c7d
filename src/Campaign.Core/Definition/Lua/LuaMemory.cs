using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Campaign.Definition.Lua.NativeMethods;

namespace Campaign.Definition.Lua;

/// <summary>
/// What the native callbacks share with the engine, outside the managed heap: memory in use, and the deadline of the slice. Limits are
/// enforced only while Lua code runs; a failed allocation while the host pushes values would end the process.
/// </summary>
internal unsafe struct LuaMemory
{
    public long Used;
    public long Limit;
    public long Deadline;
    public long Grace;
    public int Enforce;
    public int Stage;
    public int Arm;

    /// <summary>A handle of the engine, for calls from Lua.</summary>
    public nint Engine;

    public const int Period = 20_000;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void* Allocate(void* context, void* block, nuint oldSize, nuint newSize)
    {
        var memory = (LuaMemory*)context;
        var old = block == null ? 0 : (long)oldSize;
        if (newSize == 0)
        {
            memory->Used -= old;
            NativeMemory.Free(block);
            return null;
        }

        var more = (long)newSize - old;
        if (more > 0 && memory->Enforce != 0 && memory->Used + more > memory->Limit)
        {
            return null;
        }

        try
        {
            var grown = NativeMemory.Realloc(block, newSize);
            memory->Used += more;
            return grown;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    // Never raises: it lets Lua arm a hook of its own, which does.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void Hook(nint state, nint activation)
    {
        var memory = Of(state);
        if (Stopwatch.GetTimestamp() < memory->Deadline)
        {
            return;
        }

        var enforce = memory->Enforce;
        memory->Enforce = 0;
        lua_rawgeti(state, RegistryIndex, memory->Arm);
        if (lua_pcallk(state, 0, 0, 0, 0, 0) != Ok)
        {
            lua_settop(state, -2);
        }

        memory->Enforce = enforce;
    }

    // Called by the hook that Lua armed: the first time it grants a grace, after that every instruction fails.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Expired(nint state)
    {
        var memory = Of(state);
        if (memory->Stage++ == 0)
        {
            memory->Deadline = Stopwatch.GetTimestamp() + memory->Grace;
        }

        lua_sethook(state, &Hook, MaskCount, memory->Stage == 1 ? Period : 1);
        return 0;
    }

    // lua_getextraspace: a pointer's room right before the state, copied to every coroutine from the main thread.
    public static LuaMemory* Of(nint state) => *(LuaMemory**)(state - sizeof(nint));
}
