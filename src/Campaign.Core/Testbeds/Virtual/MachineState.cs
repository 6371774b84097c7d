using System.Globalization;

namespace Campaign.Testbeds.Virtual;

/// <summary>
/// A machine as it was at one moment: memory and devices, some hundred megabytes. The file has no name, so that it is gone when this program is, however that
/// ends; QEMU reaches it through this process' open file.
/// </summary>
internal sealed class MachineState : IDisposable
{
    private readonly FileStream _file;

    private MachineState(MachineSpec spec, MachineAccess access, FileStream file)
    {
        Spec = spec;
        Access = access;
        _file = file;
    }

    public MachineSpec Spec { get; }

    public MachineAccess Access { get; }

    /// <summary>Where other processes of this user find the file, as long as this one lives.</summary>
    public string Path => string.Create(
        CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{_file.SafeFileHandle.DangerousGetHandle()}");

    /// <param name="folder">Decides the file system that the file takes room on.</param>
    public static MachineState Create(MachineSpec spec, MachineAccess access, string folder)
    {
        var path = System.IO.Path.Combine(folder, "state");
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        File.Delete(path);
        return new MachineState(spec, access, file);
    }

    public void Dispose() => _file.Dispose();
}
