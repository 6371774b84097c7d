using System.Diagnostics;

namespace Campaign.Tests.Storage;

/// <summary>The dummy program as a process of its own, ended with the test.</summary>
internal sealed class DummyProcess : IDisposable
{
    private readonly Process _process;

    private DummyProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public StreamReader Output => _process.StandardOutput;

    public static DummyProcess Start(params IEnumerable<string> arguments) => Start(DotnetHost, [Program, .. arguments]);

    /// <summary>With a shell's <c>ulimit -f</c>: writes beyond so many 512-byte blocks fail, as on a full disk.</summary>
    public static DummyProcess StartWithFileLimit(int blocks, params IEnumerable<string> arguments) =>
        Start("/bin/sh", ["-c", $"trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"", "sh", DotnetHost, Program, .. arguments]);

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async Task<(int Exit, string Output, string Error)> EndAsync(CancellationToken cancellationToken)
    {
        var error = _process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, output, await error);
    }

    public void CloseInput() => _process.StandardInput.Close();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Campaign.Tests.Dummy.dll");

    private static string DotnetHost => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    private static DummyProcess Start(string file, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The runtime maps its code through a file, which a file limit would forbid.
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_TieredPGO"] = "0" },
        };
        return new DummyProcess(Process.Start(info)!);
    }
}
