using Campaign.Captures.Pcap;
using Microsoft.Win32.SafeHandles;

namespace Campaign.Captures.Sequential;

/// <summary>The bytes of a capture, by their offset in it.</summary>
internal abstract class CaptureBytes : IDisposable
{
    /// <summary>How many there are; <see cref="long.MaxValue"/> while nobody knows.</summary>
    public abstract long Length { get; }

    /// <summary>Whether several threads may read wherever they like.</summary>
    public abstract bool IsRandomAccess { get; }

    /// <summary>Opens a file, plain or packed with zstd.</summary>
    /// <param name="path">An existing file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CaptureBytes Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> start = stackalloc byte[4];
        if (RandomAccess.Read(file, start, 0) < start.Length || !CaptureSource.IsZstd(start))
            return new Plain(file);

        file.Dispose();
        return new PackedBytes(path);
    }

    /// <summary>Reads what there is from an offset on, at most as much as fits; nothing at the end.</summary>
    /// <exception cref="IOException">The storage failed.</exception>
    /// <exception cref="NotSequentialException">The packed file is damaged.</exception>
    public abstract int Read(Span<byte> target, long offset);

    public abstract void Dispose();

    private sealed class Plain(SafeFileHandle file) : CaptureBytes
    {
        /// <summary>When it was opened; what is appended later is not read.</summary>
        public override long Length { get; } = RandomAccess.GetLength(file);

        public override bool IsRandomAccess => true;

        public override int Read(Span<byte> target, long offset) => RandomAccess.Read(file, target, offset);

        public override void Dispose() => file.Dispose();
    }
}
