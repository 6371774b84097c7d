using System.Buffers.Binary;
using Campaign.Testing;
using CsCheck;
using Xunit;

namespace Campaign.Captures.Tests.Pcap;

public sealed class UdpFrameSpecs
{
    [Fact]
    public void Checksums_are_valid_for_any_payload() => Gen.Select(Gen.Byte.Array[0, 1500], Gen.UShort, Gen.UInt).Sample((payload, identification, address) =>
    {
        var frame = new byte[UdpFrame.HeaderLength + payload.Length];
        var length = (UdpFrame.Flow with { SourceAddress = address }).Compose(frame, identification, payload);

        Assert.Equal(frame.Length, length);
        Assert.Equal(payload, frame[42..]);

        // RFC 1071: a header with its own checksum in it sums to all ones.
        var pseudoHeader = Sum(frame.AsSpan(26, 8)) + 17u + (uint)(8 + payload.Length);
        return Sum(frame.AsSpan(14, 20)) == 0xFFFF && Fold(Sum(frame.AsSpan(34)) + pseudoHeader) == 0xFFFF;
    });

    [Fact]
    public void A_known_frame_comes_out_byte_for_byte() => Assert.Equal(
        "525400000002525400000001" + "0800" + "4500002e03b100004011ab5a0a00000ac0a80102",
        Convert.ToHexStringLower(CapturePen.Frame(945).AsSpan(0, 34)));

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var at = 0; at < bytes.Length; at += 2)
            sum += at + 1 < bytes.Length ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : (uint)bytes[at] << 8;
        return Fold(sum);
    }

    private static uint Fold(uint sum)
    {
        while (sum > 0xFFFF)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return sum;
    }
}
