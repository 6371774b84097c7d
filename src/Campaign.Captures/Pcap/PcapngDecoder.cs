using System.Buffers.Binary;

namespace Campaign.Captures.Pcap;

/// <summary>
/// pcapng: blocks of packets, of the interfaces they were captured on, and others that are skipped. Sections may follow one another, each with its own
/// byte order and interfaces.
/// </summary>
/// <remarks>Block layout after the IETF draft "PCAP Next Generation (pcapng) Capture File Format", sections 3 and 4.</remarks>
internal sealed class PcapngDecoder : RecordDecoder
{
    /// <summary>What a section begins with, in either byte order.</summary>
    public const uint Section = 0x0A0D0D0A;

    private const uint ByteOrder = 0x1A2B3C4D;
    private const uint Interface = 1;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const int Shortest = 12;

    /// <summary>Type, length, interface, two halves of the time, two lengths.</summary>
    private const int PacketHeader = 28;

    /// <summary>No capture has more interfaces; a damaged file may say so.</summary>
    private const int MostInterfaces = 4096;

    private readonly List<PcapngInterface> _interfaces = [];
    private readonly RecordChecks _checks;
    private readonly bool _compressed;
    private bool _bigEndian;
    private LinkType _link = LinkType.Ethernet;

    public PcapngDecoder(RefillBuffer buffer, string path, bool compressed)
        : base(buffer, path)
    {
        _compressed = compressed;
        _checks = new RecordChecks(path, new CaptureFormat(true, false, FileHeader.MaximumSnapLength, LinkType.Ethernet, compressed));
        ReadToFirstInterface();
    }

    public override CaptureFormat Format => new(true, _bigEndian, FileHeader.MaximumSnapLength, _link, _compressed) { Form = CaptureForm.Pcapng };

    protected override bool TryDecode(out Packet packet)
    {
        packet = default;
        while (TryPeekBlock(out var type, out var length))
        {
            if (type == EnhancedPacket)
                return TryTakePacket(length, out packet);
            if (type == SimplePacket)
                return EndCorrupt("is a packet without a time (a Simple Packet Block)");
            if (!TryTakeOther(type, length))
                return false;
        }

        return false;
    }

    protected override IEnumerable<CaptureProblem> Found() => _checks.Problems();

    /// <summary>The link type is wanted before the first packet is.</summary>
    private void ReadToFirstInterface()
    {
        while (_interfaces.Count == 0 && !Ended && TryPeekBlock(out var type, out var length) && type is not (EnhancedPacket or SimplePacket))
        {
            if (!TryTakeOther(type, length))
                return;
        }
    }

    /// <summary>Whether a whole block header is next that makes sense, and all of the block if it is one that is looked into.</summary>
    private bool TryPeekBlock(out uint type, out int length)
    {
        (type, length) = (0, 0);
        var start = Buffer.Peek(Shortest);
        if (start.Length > 0 && !start.ContainsAnyExcept((byte)0))
            return EndAtZeros();
        if (start.Length < Shortest)
            return EndOrTruncation(start.Length, Shortest);

        type = FileHeader.Read32(start, _bigEndian);
        if (type == Section && !TryReadByteOrder(start))
            return EndCorrupt("begins a section whose byte order is neither of the two");

        var size = FileHeader.Read32(start[4..], _bigEndian);
        if (size < Shortest || size % 4 != 0 || size > int.MaxValue)
            return EndCorrupt($"is a block of {size} bytes; blocks have 12 or more, a multiple of 4");
        length = (int)size;
        return type is not (EnhancedPacket or Interface or Section) || TryPeekWhole(length);
    }

    private bool TryPeekWhole(int length)
    {
        if (length > RefillBuffer.Capacity / 2)
            return EndCorrupt($"is a block of {length} bytes, more than a packet can have");

        var block = Buffer.Peek(length);
        if (block.Length < length)
            return EndWithin(block.Length, length);
        return FileHeader.Read32(block[^4..], _bigEndian) == length
            || EndCorrupt($"gives its length as {length} at its beginning and {FileHeader.Read32(block[^4..], _bigEndian)} at its end");
    }

    private bool TryReadByteOrder(ReadOnlySpan<byte> section)
    {
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(section[8..]);
        _bigEndian = magic == BinaryPrimitives.ReverseEndianness(ByteOrder);
        return _bigEndian || magic == ByteOrder;
    }

    private bool TryTakeOther(uint type, int length)
    {
        if (type == Section)
            _interfaces.Clear();
        if (type == Interface && !TryTakeInterface(Buffer.Peek(length)))
            return false;

        for (var left = length; left > 0;)
        {
            var next = Buffer.Peek(Math.Min(left, RefillBuffer.Capacity / 2)).Length;
            if (next == 0)
                return EndWithin(length - left, length);
            Buffer.Skip(next);
            left -= next;
        }

        return true;
    }

    private bool TryTakeInterface(ReadOnlySpan<byte> block)
    {
        if (block.Length < 20)
            return EndCorrupt("describes an interface in too few bytes");
        if (_interfaces.Count == MostInterfaces)
            return EndCorrupt($"describes interface number {MostInterfaces + 1}");

        var number = (uint)(_bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(block[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(block[8..]));
        var described = PcapngInterface.Read(LinkTypes.Of(number), block[16..^4], _bigEndian);
        if (described is null)
            return EndCorrupt("describes an interface whose clock has no resolution that is read (if_tsresol)");
        if (_interfaces.Count == 0 && described.LinkType is { } link)
            _link = link;
        _interfaces.Add(described);
        return true;
    }

    private bool TryTakePacket(int length, out Packet packet)
    {
        packet = default;
        var block = Buffer.Peek(length);
        if (length < PacketHeader + 4)
            return EndCorrupt($"is a packet in a block of {length} bytes");

        var from = FileHeader.Read32(block[8..], _bigEndian);
        if (from >= _interfaces.Count)
            return EndCorrupt($"is of interface {from}, and {_interfaces.Count} were described");
        if (_interfaces[(int)from].LinkType is not { } link)
            return EndCorrupt($"is of a link type that is not read; {LinkTypes.Read}");

        var ticks = ((ulong)FileHeader.Read32(block[12..], _bigEndian) << 32) | FileHeader.Read32(block[16..], _bigEndian);
        if (!_interfaces[(int)from].TryGetTime(ticks, out var time))
            return EndCorrupt($"has a time of {ticks} ticks, which is before 1970 or after 2106");

        var record = new RecordHeader((uint)(time / 1_000_000_000), (uint)(time % 1_000_000_000), FileHeader.Read32(block[20..], _bigEndian), FileHeader.Read32(block[24..], _bigEndian));
        if (record.Captured > length - PacketHeader - 4)
            return EndCorrupt($"holds {record.Captured} bytes of a packet in a block of {length}");
        if (_checks.Refuse(record) is { } reason)
            return EndCorrupt(reason);

        packet = new Packet(time, (int)record.Original, link, Buffer.Position, block.Slice(PacketHeader, (int)record.Captured));
        _checks.Observe(record, packet);
        Buffer.Skip(length);
        return true;
    }
}
