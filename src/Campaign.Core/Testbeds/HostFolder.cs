namespace Campaign.Testbeds;

/// <summary>Stands for the file systems of a trial's hosts: <c>/etc/x</c> of the host <c>dut</c> is <c>hosts/dut/etc/x</c> in the trial's folder.</summary>
internal sealed class HostFolder(string trialFolder)
{
    public async Task WriteAsync(string host, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var target = Locate(host, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await File.WriteAllBytesAsync(target, content, cancellationToken);
    }

    public async Task<byte[]> ReadAsync(string host, string path, CancellationToken cancellationToken)
    {
        var source = Locate(host, path);
        return File.Exists(source)
            ? await File.ReadAllBytesAsync(source, cancellationToken)
            : throw new TestbedException($"The host '{host}' has no file {path}: this trial has written none there.");
    }

    /// <summary>The folder that stands for a host's root; it exists afterwards.</summary>
    public string Root(string host) => Directory.CreateDirectory(Path.Combine(trialFolder, "hosts", host)).FullName;

    private string Locate(string host, string path)
    {
        var root = Root(host);
        var target = Path.GetFullPath(Path.Combine(root, path.TrimStart('/')));
        if (!target.StartsWith(root + "/", StringComparison.Ordinal))
            throw new TestbedException($"The path {path} leads out of the host '{host}'. Give the path without '..'.");

        return FollowsNoLink(root, target)
            ? target
            : throw new TestbedException($"The path {path} on the host '{host}' leads over a symbolic link, which is not followed.");
    }

    private static bool FollowsNoLink(string root, string target)
    {
        for (var at = target; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not null)
                return false;
        }

        return true;
    }
}
