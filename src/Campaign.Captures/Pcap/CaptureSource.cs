using System.Buffers.Binary;
using ZstdSharp;

namespace Campaign.Captures.Pcap;

/// <summary>From a path to bytes: opens the file and unpacks it when its first bytes, whatever its name, are zstd's.</summary>
internal static class CaptureSource
{
    /// <summary>What a zstd frame begins with (RFC 8878, 3.1.1), as a little-endian number.</summary>
    public const uint ZstdFrame = 0xFD2FB528;

    /// <summary>The path that is no file.</summary>
    public const string StandardInput = "-";

    public static Stream OpenFile(string path)
    {
        if (path == StandardInput)
            return Console.OpenStandardInput();

        try
        {
            if (Directory.Exists(path))
                throw Refusal(path, $"{path} is a folder. Name the capture file in it.");
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refusal(path, $"{path} does not exist. Check the name.");
        }
        catch (UnauthorizedAccessException)
        {
            throw Refusal(path, $"{path} may not be read by this user. Give yourself read permission: chmod u+r, or sudo chown.");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw Refusal(path, $"{path} cannot be opened: {e.Message.TrimEnd('.')}. Name a capture file.");
        }
    }

    /// <summary>The capture's own bytes, and whether they had to be unpacked.</summary>
    public static (RefillBuffer Buffer, bool Compressed) Unpack(Stream stream, string path)
    {
        var start = new byte[4];
        int length;
        try
        {
            length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }
        catch (IOException e)
        {
            throw Refusal(path, $"{path} could not be read: {e.Message.TrimEnd('.')}. Copy it again from where it was captured.");
        }

        var whole = new PrefixedStream(start.AsMemory(0, length), stream);
        return length == start.Length && IsZstd(start)
            ? (new RefillBuffer(new DecompressionStream(whole, leaveOpen: false), path), true)
            : (new RefillBuffer(whole, path), false);
    }

    /// <summary>What a packed file was packed from.</summary>
    /// <param name="path">A file that <see cref="IsZstd"/>.</param>
    /// <exception cref="CaptureException">It cannot be opened.</exception>
    public static Stream OpenPacked(string path) => new DecompressionStream(OpenFile(path), leaveOpen: false);

    /// <summary>Whether reading failed because what is packed is damaged or cut.</summary>
    public static bool IsDamage(Exception failure) => failure is ZstdException or EndOfStreamException;

    /// <summary>A zstd frame, or a skippable frame as parallel packers put in front (RFC 8878, 3.1).</summary>
    public static bool IsZstd(ReadOnlySpan<byte> start) =>
        BinaryPrimitives.ReadUInt32LittleEndian(start) is var magic && (magic == ZstdFrame || (magic & 0xFFFFFFF0) == 0x184D2A50);

    private static CaptureException Refusal(string path, string message) => new(CaptureProblemKind.Unreadable, path, message);
}
