using System.Diagnostics;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>A program of other people's, which takes what <c>campaign</c> writes. CI has all of them; elsewhere their tests are skipped, and say so.</summary>
internal static class ForeignProgram
{
    /// <summary>Skips the test where a program is not on the path.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="packages">What Debian calls the packages that hold it and its parts.</param>
    public static void Need(string program, string packages) => Assert.SkipUnless(
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))),
        $"There is no {program}. Debian has it in {packages}.");

    /// <summary>Runs a program to its end.</summary>
    public static async Task<Ended> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var ended = new Ended(0, await output, await error);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return ended with { Code = process.ExitCode };
    }
}
