using System.Buffers.Binary;

namespace Campaign.Captures.Tests.Fuzzing;

/// <summary>Damages a capture the way disks, programs and adversaries do.</summary>
internal static class Mutation
{
    private static readonly uint[] Interesting = [0, 1, 3, 4, 12, 16, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x10000, 0x3FFFF, 0x40000, 0x40001, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF];

    public static byte[] Of(byte[] seed, byte[] other, Random random)
    {
        byte[] bytes = [.. seed];
        for (var count = random.Next(1, 6); count > 0; count--)
            bytes = Once(bytes, other, random);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, byte[] other, Random random)
    {
        if (bytes.Length < 8)
            return [.. bytes, .. other[..Math.Min(other.Length, 100)]];

        var at = random.Next(random.Next(3) == 0 ? Math.Min(bytes.Length, 64) : bytes.Length);
        var length = random.Next(1, Math.Min(bytes.Length - at, random.Next(2) == 0 ? 8 : 400) + 1);
        switch (random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                WriteInteresting(bytes, at & ~3, random);
                return bytes;
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
            case 6:
                return [.. bytes[..at], .. other.Skip(random.Next(other.Length)).Take(length), .. bytes[at..]];
            case 7:
                bytes.AsSpan(at, length).Clear();
                return bytes;
            default:
                return [.. bytes, .. new byte[random.Next(3) == 0 ? random.Next(1, 100) : random.Next(1, 5000)]];
        }
    }

    private static void WriteInteresting(byte[] bytes, int at, Random random)
    {
        if (at + 4 > bytes.Length)
            return;

        var value = Interesting[random.Next(Interesting.Length)];
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
    }
}
