using System.Buffers;
using System.Buffers.Binary;

namespace Campaign.Definition.Lua;

/// <summary>
/// What a chunk does, without where its lines are: <c>lua_dump</c> with strip keeps the lines at which functions begin and end, which move with every
/// comment. The layout is that of <c>ldump.c</c> of Lua 5.4.
/// </summary>
internal ref struct LuaBytecode
{
    // Signature, version, format, LUAC_DATA, three sizes, LUAC_INT, LUAC_NUM, number of upvalues.
    private const int Header = 4 + 1 + 1 + 6 + 3 + 8 + 8 + 1;
    private const int InstructionSize = 4;
    private const int UpvalueSize = 3;

    private readonly ReadOnlySpan<byte> _dump;
    private readonly ArrayBufferWriter<byte> _kept = new();
    private int _at;

    private LuaBytecode(ReadOnlySpan<byte> dump) => _dump = dump;

    /// <param name="dump">A stripped dump.</param>
    public static byte[] WithoutLines(ReadOnlySpan<byte> dump)
    {
        var reader = new LuaBytecode(dump);
        reader.Keep(Header);
        reader.Function();
        return reader._kept.WrittenSpan.ToArray();
    }

    private void Function()
    {
        Text();
        Skip();
        Skip();
        Keep(3);
        Keep(InstructionSize * KeepNumber());
        for (var constants = KeepNumber(); constants > 0; constants--)
        {
            Constant();
        }

        Keep(UpvalueSize * KeepNumber());
        for (var functions = KeepNumber(); functions > 0; functions--)
        {
            Function();
        }

        // Line infos, absolute line infos, locals and names of upvalues: none in a stripped dump.
        for (var debug = 0; debug < 4; debug++)
        {
            if (KeepNumber() != 0)
            {
                throw new InvalidOperationException("The dump was not stripped.");
            }
        }
    }

    private void Constant()
    {
        var kind = _dump[_at];
        Keep(1);
        switch (kind & 0x0F)
        {
            case 3:
                Keep(sizeof(long));
                break;
            case 4:
                Text();
                break;
        }
    }

    private void Text()
    {
        var size = KeepNumber();
        Keep(Math.Max(0, size - 1));
    }

    private void Keep(int count)
    {
        _kept.Write(_dump.Slice(_at, count));
        _at += count;
    }

    private void Skip() => Number();

    private int KeepNumber()
    {
        var number = Number();
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _kept.Write(bytes);
        return number;
    }

    // Seven bits a byte, the most significant first; the last byte has its highest bit set.
    private int Number()
    {
        var number = 0;
        while (true)
        {
            var next = _dump[_at++];
            number = (number << 7) | (next & 0x7F);
            if ((next & 0x80) != 0)
            {
                return number;
            }
        }
    }
}
