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

    /// <summary>The state or coroutine that runs, where an alarm can be set.</summary>
    public nint Running;

    /// <summary>Whether more than the limit was asked for since the last look.</summary>
    public int Alarm;

    /// <summary>The line that ran when the hook last looked, for errors that Lua raises without one.</summary>
    public int LastLine;
    public fixed byte LastSource[16];

    /// <summary>A handle of the engine, for calls from Lua.</summary>
    public nint Engine;

    public const int Period = 20_000;

    /// <summary>Beyond the limit, until the alarm is heard at the next instruction: an error with a line instead of Lua's own, which has none.</summary>
    private const long Reserve = 64 << 20;

    // struct lua_Debug of Lua 5.4 on 64 bits: short_src follows five ints and shorts behind the line.
    private const int SourceAt = 32;
    private const int LineAt = 48;

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
            if (memory->Used + more > memory->Limit + Reserve)
            {
                return null;
            }

            if (memory->Alarm == 0)
            {
                // Setting a hook is what Lua allows from anywhere, signal handlers included.
                memory->Alarm = 1;
                lua_sethook(memory->Running, &Hook, MaskCount, 1);
            }
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
        var enforce = memory->Enforce;
        memory->Enforce = 0;
        Remember(memory, state, activation);
        var starved = memory->Alarm != 0 && Starved(memory, state);
        if (starved || Stopwatch.GetTimestamp() >= memory->Deadline)
        {
            lua_rawgeti(state, RegistryIndex, memory->Arm);
            lua_pushboolean(state, starved ? 1 : 0);
            if (lua_pcallk(state, 1, 0, 0, 0, 0) != Ok)
            {
                lua_settop(state, -2);
            }
        }

        memory->Enforce = enforce;
    }

    // Over the limit still, when everything that is not needed any more has been collected?
    private static bool Starved(LuaMemory* memory, nint state)
    {
        memory->Alarm = 0;
        lua_gc(state, CollectAll);
        if (memory->Used > memory->Limit)
        {
            return true;
        }

        lua_sethook(state, &Hook, MaskCount, Period);
        return false;
    }

    private static void Remember(LuaMemory* memory, nint state, nint activation)
    {
        ReadOnlySpan<byte> what = "Sl\0"u8;
        fixed (byte* p = what)
        {
            lua_getinfo(state, p, activation);
        }

        var source = new ReadOnlySpan<byte>(*(byte**)(activation + SourceAt), 8);
        if (source[..2].SequenceEqual("=#"u8))
        {
            memory->LastLine = *(int*)(activation + LineAt);
            source.CopyTo(new Span<byte>(memory->LastSource, 16));
        }
    }

    // Called by the hook that Lua armed: the first time it grants a grace, after that every instruction fails.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Expired(nint state)
    {
        var memory = Of(state);
        if (lua_toboolean(state, 1) != 0)
        {
            lua_sethook(state, &Hook, MaskCount, Period);
            return 0;
        }

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
