using System.Globalization;
using System.Text;

namespace Campaign.Testbeds.Virtual;

/// <summary>
/// An archive that the kernel unpacks into its first file system: cpio in the form <c>newc</c> (Documentation/driver-api/early-userspace/buffer-format.rst). Everything in it
/// belongs to root.
/// </summary>
internal sealed class CpioArchive
{
    private const int Folder = 0x4000;
    private const int RegularFile = 0x8000;
    private const string Trailer = "TRAILER!!!";

    private readonly List<byte> _bytes = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private int _inode;

    /// <param name="path">Path without a leading slash; folders above it are made, with the permissions 0755.</param>
    /// <param name="content">The file's content.</param>
    /// <param name="permissions">For example 0x180 for 0600.</param>
    public CpioArchive Add(string path, string content, UnixFileMode permissions)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (_folders.Add(path[..slash]))
                Write(path[..slash], Folder | 0x1ED, []);
        }

        Write(path, RegularFile | (int)permissions, Encoding.UTF8.GetBytes(content));
        return this;
    }

    /// <summary>The whole archive; nothing can be added afterwards.</summary>
    public byte[] ToArray()
    {
        Write(Trailer, 0, []);
        return [.. _bytes];
    }

    private void Write(string path, int mode, byte[] content)
    {
        // magic ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
        var header = string.Create(
            CultureInfo.InvariantCulture,
            $"070701{++_inode:X8}{mode:X8}{0:X8}{0:X8}{1:X8}{0:X8}{content.Length:X8}{0:X8}{0:X8}{0:X8}{0:X8}{path.Length + 1:X8}{0:X8}");
        _bytes.AddRange(Encoding.ASCII.GetBytes(header + path + "\0"));
        Pad();
        _bytes.AddRange(content);
        Pad();
    }

    private void Pad()
    {
        while (_bytes.Count % 4 != 0)
            _bytes.Add(0);
    }
}
