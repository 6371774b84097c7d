using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static Campaign.Definition.Lua.NativeMethods;

namespace Campaign.Definition.Lua;

/// <summary>
/// One Lua state with the campaign language in it. Everything goes through one lock: a state has no threads of its own. Errors are raised by Lua
/// in native code only; no managed frame is ever jumped over.
/// </summary>
internal sealed unsafe class LuaEngine : IDisposable
{
    private const string NoMemory = "the campaign asks for more memory than it may have";
    private const string Prelude = "Campaign.Definition.Lua.prelude.lua";

    private static readonly string[] Libraries = ["base", "table", "string", "math", "utf8", "coroutine", "debug"];

    private readonly Lock _lock = new();
    private readonly LuaMemory* _memory;
    private readonly GCHandle _self;
    private readonly Func<string, string, object?[], object?> _host;
    private readonly LuaTable _prelude;
    private readonly LuaLimits _limits;
    private nint _state;

    /// <param name="limits">What campaign code may use.</param>
    /// <param name="host">
    /// Answers a call from Lua: operation, place as <c>chunk:line</c>, arguments. A <see cref="LuaException"/> becomes an error in Lua.
    /// </param>
    public LuaEngine(LuaLimits limits, Func<string, string, object?[], object?> host)
    {
        (_limits, _host) = (limits, host);
        _self = GCHandle.Alloc(this);
        _memory = (LuaMemory*)NativeMemory.AllocZeroed((nuint)sizeof(LuaMemory));
        *_memory = new LuaMemory
        {
            Limit = limits.Memory,
            Deadline = long.MaxValue,
            Grace = (long)(limits.Grace.TotalSeconds * Stopwatch.Frequency),
            Engine = GCHandle.ToIntPtr(_self),
        };
        _state = lua_newstate(&LuaMemory.Allocate, _memory);
        *(LuaMemory**)(_state - sizeof(nint)) = _memory;
        _prelude = OpenPrelude();
        _memory->Arm = Function("arm").Reference;
        lua_sethook(_state, &LuaMemory.Hook, MaskCount, LuaMemory.Period);
    }

    public Lock Lock => _lock;

    internal nint State => _state;

    public LuaFunction Function(string name) => (LuaFunction)_prelude.Fields[name]!;

    /// <summary>Compiles text in the campaign's environment and runs it.</summary>
    /// <param name="text">Lua source; bytecode is refused.</param>
    /// <param name="chunk">Short name that messages carry.</param>
    /// <returns>The stripped bytecode.</returns>
    public byte[] Run(string text, string chunk)
    {
        lock (_lock)
        {
            var compiled = CallForMany(Function("load"), [text, chunk]);
            if (compiled is not [LuaFunction main])
            {
                throw new LuaException(compiled.LastOrDefault() as string ?? "the file could not be compiled");
            }

            var bytecode = Dump(main);
            Call(main);
            return bytecode;
        }
    }

    /// <summary>Calls a function to its end on the calling thread.</summary>
    /// <exception cref="LuaException">It failed.</exception>
    public object? Call(LuaFunction function, params object?[] arguments) => CallForMany(function, arguments).FirstOrDefault();

    /// <summary>Calls a function and keeps what it answers in Lua, as a table or function that can be pushed again.</summary>
    public LuaFunction Keep(LuaFunction function, params object?[] arguments)
    {
        lock (_lock)
        {
            var top = lua_gettop(_state);
            lua_rawgeti(_state, RegistryIndex, function.Reference);
            foreach (var argument in arguments)
            {
                LuaConversion.Push(_state, argument);
            }

            if (lua_pcallk(_state, arguments.Length, 1, 0, 0, 0) != Ok)
            {
                var error = LuaConversion.Read(_state, -1);
                lua_settop(_state, top);
                throw ToException(error);
            }

            return new LuaFunction(luaL_ref(_state, RegistryIndex));
        }
    }

    /// <summary>Calls a function with what <paramref name="push"/> pushes, and gives its answers as <paramref name="read"/> reads them.</summary>
    public T Call<T>(LuaFunction function, Action<nint> push, int answers, Func<nint, T> read)
    {
        lock (_lock)
        {
            var top = lua_gettop(_state);
            lua_rawgeti(_state, RegistryIndex, Function("handler").Reference);
            lua_rawgeti(_state, RegistryIndex, function.Reference);
            push(_state);
            Check(Protected(lua_gettop(_state) - top - 2, answers, top + 1), top);
            try
            {
                return read(_state);
            }
            finally
            {
                lua_settop(_state, top);
            }
        }
    }

    /// <summary>Resumes a coroutine; limits hold only while it runs.</summary>
    public (int Status, int Results) Resume(nint coroutine, int arguments)
    {
        int results;
        BeginSlice(coroutine);
        var status = lua_resume(coroutine, _state, arguments, &results);
        EndSlice();
        return (status, results);
    }

    public void Release(LuaFunction function)
    {
        lock (_lock)
        {
            if (_state != 0)
            {
                luaL_unref(_state, RegistryIndex, function.Reference);
            }
        }
    }

    /// <summary>What a function does: its bytecode without names and lines.</summary>
    public byte[] Dump(LuaFunction function)
    {
        using var bytes = new MemoryStream();
        var handle = GCHandle.Alloc(bytes);
        lua_rawgeti(_state, RegistryIndex, function.Reference);
        lua_dump(_state, &WriteDump, (void*)GCHandle.ToIntPtr(handle), strip: 1);
        lua_settop(_state, -2);
        handle.Free();
        return LuaBytecode.WithoutLines(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_state == 0)
            {
                return;
            }

            lua_close(_state);
            _state = 0;
            NativeMemory.Free(_memory);
            _self.Free();
        }
    }

    private object?[] CallForMany(LuaFunction function, object?[] arguments)
    {
        lock (_lock)
        {
            var top = lua_gettop(_state);
            _ = lua_checkstack(_state, arguments.Length + 8);
            lua_rawgeti(_state, RegistryIndex, Function("handler").Reference);
            lua_rawgeti(_state, RegistryIndex, function.Reference);
            foreach (var argument in arguments)
            {
                LuaConversion.Push(_state, argument);
            }

            Check(Protected(arguments.Length, MultiReturn, top + 1), top);
            try
            {
                return [.. Enumerable.Range(top + 2, lua_gettop(_state) - top - 1).Select(i => LuaConversion.Read(_state, i))];
            }
            finally
            {
                lua_settop(_state, top);
            }
        }
    }

    private int Protected(int arguments, int results, int handler)
    {
        BeginSlice(_state);
        var status = lua_pcallk(_state, arguments, results, handler, 0, 0);
        EndSlice();
        return status;
    }

    private void Check(int status, int top)
    {
        if (status == Ok)
        {
            return;
        }

        var error = LuaConversion.Read(_state, -1);
        lua_settop(_state, top);
        throw ToException(status == ErrorMemory ? Starvation() : error);
    }

    /// <summary>Lua's own error when there is no memory at all names no line; the hook saw which one ran not long before.</summary>
    public string Starvation()
    {
        var source = Marshal.PtrToStringUTF8((nint)_memory->LastSource) ?? "";
        return _memory->LastLine > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{source.TrimStart('=')}:{_memory->LastLine}: {NoMemory}")
            : NoMemory;
    }

    public static LuaException ToException(object? error) => error switch
    {
        LuaTable table => new LuaException(table.Fields.GetValueOrDefault("message") as string ?? "an error", table.Fields.GetValueOrDefault("traceback") as string),
        string message => new LuaException(message),
        _ => new LuaException("an error without a message was raised"),
    };

    private void BeginSlice(nint running)
    {
        _memory->Running = running;
        _memory->Alarm = 0;
        _memory->LastLine = 0;
        _memory->Stage = 0;
        _memory->Deadline = Stopwatch.GetTimestamp() + (long)(_limits.Slice.TotalSeconds * Stopwatch.Frequency);
        _memory->Enforce = 1;
    }

    private void EndSlice()
    {
        _memory->Enforce = 0;
        _memory->Deadline = long.MaxValue;
        lua_sethook(_state, &LuaMemory.Hook, MaskCount, LuaMemory.Period);
    }

    private LuaTable OpenPrelude()
    {
        var library = NativeLibrary.Load("lua54", typeof(LuaEngine).Assembly, null);
        foreach (var name in Libraries)
        {
            var bytes = Encoding.UTF8.GetBytes((name == "base" ? "_G" : name) + "\0");
            fixed (byte* p = bytes)
            {
                luaL_requiref(_state, p, NativeLibrary.GetExport(library, "luaopen_" + name), 1);
            }

            lua_settop(_state, 0);
        }

        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prelude)!;
        using var reader = new StreamReader(resource);
        var source = Encoding.UTF8.GetBytes(reader.ReadToEnd());
        fixed (byte* text = source, chunk = "=prelude\0"u8, mode = "t\0"u8)
        {
            if (luaL_loadbufferx(_state, text, (nuint)source.Length, chunk, mode) != Ok)
            {
                throw new InvalidOperationException(LuaConversion.ReadText(_state, -1));
            }
        }

        lua_pushcclosure(_state, &Host, 0);
        lua_pushcclosure(_state, &LuaMemory.Expired, 0);
        lua_rawgeti(_state, RegistryIndex, 2);
        PushField("debug");
        lua_pushlightuserdata(_state, (nint)_memory);
        if (lua_pcallk(_state, 4, 1, 0, 0, 0) != Ok)
        {
            throw new InvalidOperationException(LuaConversion.ReadText(_state, -1));
        }

        // The environment itself stays in Lua.
        LuaConversion.PushText(_state, "env");
        lua_pushnil(_state);
        lua_rawset(_state, -3);
        var prelude = (LuaTable)LuaConversion.Read(_state, -1)!;
        lua_settop(_state, 0);
        return prelude;
    }

    // Replaces the table on top by one of its fields.
    private void PushField(string name)
    {
        LuaConversion.PushText(_state, name);
        lua_rawget(_state, -2);
        var top = lua_gettop(_state);
        lua_pushvalue(_state, -1);
        lua_settop(_state, top);
        NativeStack.Remove(_state, top - 1);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int WriteDump(nint state, void* bytes, nuint length, void* stream)
    {
        ((MemoryStream)GCHandle.FromIntPtr((nint)stream).Target!).Write(new ReadOnlySpan<byte>(bytes, (int)length));
        return 0;
    }

    // A leaf: answers and never raises.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Host(nint state)
    {
        var memory = LuaMemory.Of(state);
        var enforce = memory->Enforce;
        memory->Enforce = 0;
        try
        {
            var engine = (LuaEngine)GCHandle.FromIntPtr(memory->Engine).Target!;
            var count = lua_gettop(state);
            var arguments = new object?[count - 2];
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = LuaConversion.Read(state, i + 3);
            }

            var answer = engine._host(LuaConversion.ReadText(state, 1), LuaConversion.ReadText(state, 2), arguments);
            lua_pushboolean(state, 1);
            LuaConversion.Push(state, answer);
        }
        catch (Exception e)
        {
            lua_pushboolean(state, 0);
            LuaConversion.PushText(state, e.Message);
        }

        memory->Enforce = enforce;
        return 2;
    }
}
