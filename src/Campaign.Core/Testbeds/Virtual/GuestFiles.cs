using Campaign.Rendering;
using Campaign.Testbeds.Ssh;

namespace Campaign.Testbeds.Virtual;

/// <summary>Files on the machine, and which of them a trial wrote.</summary>
internal sealed class GuestFiles(SshHost ssh)
{
    private readonly SortedSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>Paths that were written.</summary>
    public IEnumerable<string> Written => _written;

    public async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var word = ShellWord.Quote(Absolute(path));
        var outcome = await ssh.RunAsync($"mkdir -p \"$(dirname {word})\" && cat > {word}", content, cancellationToken);
        if (outcome.Exit != 0)
            throw new TestbedException($"The file {path} could not be written on the device under test: {outcome.StandardError.Trim()}");

        _written.Add(path);
    }

    public async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var outcome = await ssh.RunAsync($"base64 -w 0 {ShellWord.Quote(Absolute(path))}", cancellationToken);
        return outcome.Exit == 0
            ? Convert.FromBase64String(outcome.StandardOutput)
            : throw new TestbedException($"The file {path} could not be read on the device under test: {outcome.StandardError.Trim()}");
    }

    private static string Absolute(string path) =>
        path.StartsWith('/') ? path : throw new TestbedException($"The path {path} of a file on the device under test must begin with '/'.");
}
