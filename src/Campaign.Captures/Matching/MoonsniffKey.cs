using System.Buffers.Binary;
using System.Globalization;

namespace Campaign.Captures.Matching;

/// <summary>MoonSniff's 32-bit id: little-endian at the start of the UDP payload, behind it the marker 0x55.</summary>
internal readonly record struct MoonsniffKey(uint Id) : IPacketKey<MoonsniffKey>
{
    private const byte Marker = 0x55;
    private const byte Udp = 17;

    public static string Name => "moonsniff";

    public static bool TryRead(in Packet packet, out MoonsniffKey key)
    {
        key = default;
        var ip = packet.Captured;
        if (packet.Ethernet)
        {
            if (ip.Length < 14 || BinaryPrimitives.ReadUInt16BigEndian(ip[12..]) != 0x0800)
            {
                return false;
            }

            ip = ip[14..];
        }

        if (ip.Length < 20 || ip[0] >> 4 != 4 || ip[9] != Udp)
        {
            return false;
        }

        var payload = ((ip[0] & 0x0F) * 4) + 8;
        if (ip.Length < payload + 5 || ip[payload + 4] != Marker)
        {
            return false;
        }

        key = new MoonsniffKey(BinaryPrimitives.ReadUInt32LittleEndian(ip[payload..]));
        return true;
    }

    public string ToHex() => Id.ToString("x8", CultureInfo.InvariantCulture);
}
