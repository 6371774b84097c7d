using System.Globalization;

namespace Campaign.Testbeds.Virtual;

/// <summary>
/// A file that other processes of this user reach through this process' open file, and that has no name: it is gone when this program is, however that ends. For what is
/// large or holds keys.
/// </summary>
internal sealed class UnnamedFile : IDisposable
{
    /// <param name="folder">Decides the file system that the file takes room on.</param>
    public UnnamedFile(string folder)
    {
        var path = System.IO.Path.Combine(folder, System.IO.Path.GetRandomFileName());
        Stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        File.Delete(path);
    }

    public FileStream Stream { get; }

    /// <summary>Where other processes find it, as long as this one lives and has not disposed of it.</summary>
    public string Path => string.Create(
        CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{Stream.SafeFileHandle.DangerousGetHandle()}");

    public void Dispose() => Stream.Dispose();
}
