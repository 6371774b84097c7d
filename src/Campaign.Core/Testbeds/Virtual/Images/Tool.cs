
namespace Campaign.Testbeds.Virtual.Images;

/// <summary>A short-lived program of the host.</summary>
internal static class Tool
{
    /// <returns>Exit code (127 when there is no such program), standard output, standard error.</returns>
    public static async Task<(int Exit, string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        if (Find(program) is not { } path)
            return (127, "", $"There is no program {program}.");

        using var process = await BoundProcess.StartAsync(path, arguments, "KILL", s => s.Environment["LC_ALL"] = "C");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>Where a program is, administrators' folders included; null when it is nowhere.</summary>
    public static string? Find(string program) => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
