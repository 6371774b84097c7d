using System.Buffers.Binary;
using ZstdSharp;

namespace Campaign.Captures.Pcap;

/// <summary>A capture's bytes behind a refillable window; compression is found by its magic number, not by the file's name.</summary>
internal sealed class CaptureInput : IDisposable
{
    private const uint ZstdMagic = 0xFD2FB528;
    private const int WindowSize = 1 << 20;

    private readonly Stream _stream;
    private readonly byte[] _window = new byte[WindowSize];
    private int _start;
    private int _end;

    public CaptureInput(string path)
    {
        Path = path;
        var file = Open(path);
        Span<byte> magic = stackalloc byte[4];
        Compressed = file.ReadAtLeast(magic, 4, throwOnEndOfStream: false) == 4 && BinaryPrimitives.ReadUInt32LittleEndian(magic) == ZstdMagic;
        file.Position = 0;
        _stream = Compressed ? new DecompressionStream(file, leaveOpen: false) : file;
    }

    public string Path { get; }

    public bool Compressed { get; }

    /// <summary>Offset of the window's start in the decompressed bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Gives the next <paramref name="count"/> bytes without taking them; fewer at the end of the file.</summary>
    /// <param name="count">At most 1 MiB.</param>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count)
        {
            Refill(count);
        }

        return _window.AsSpan(_start, Math.Min(count, _end - _start));
    }

    public void Take(int count)
    {
        _start += count;
        Offset += count;
    }

    public void Dispose() => _stream.Dispose();

    private void Refill(int count)
    {
        Buffer.BlockCopy(_window, _start, _window, 0, _end - _start);
        (_start, _end) = (0, _end - _start);
        try
        {
            _end += _stream.ReadAtLeast(_window.AsSpan(_end), count - _end, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            throw new CaptureException($"{Path}: the compressed data breaks off or is damaged behind byte {Offset + _end} of the capture ({e.Message}). Compress the capture again from its original.");
        }
        catch (IOException e)
        {
            throw new CaptureException($"{Path} cannot be read: {e.Message}");
        }
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CaptureException($"{path} is a directory. Give a capture file.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            throw new CaptureException($"There is no file {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaptureException($"{path} cannot be read: {e.Message}");
        }
    }
}
