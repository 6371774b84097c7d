using System.Numerics;
using System.Runtime.InteropServices;

namespace Campaign.Captures.Benchmarks;

/// <summary>The least that any evaluation must do: read every byte of both files with pread, and look at it.</summary>
internal static class ReadLimit
{
    private const int ReadSize = 1 << 18;

    public static long Sum(params string[] paths)
    {
        var buffer = new byte[ReadSize];
        var sum = Vector<long>.Zero;
        foreach (var path in paths)
        {
            using var file = File.OpenHandle(path);
            var offset = 0L;
            for (int read; (read = RandomAccess.Read(file, buffer, offset)) > 0; offset += read)
            {
                foreach (var vector in MemoryMarshal.Cast<byte, Vector<long>>(buffer.AsSpan(0, read)))
                    sum += vector;
            }
        }

        return Vector.Sum(sum);
    }
}
