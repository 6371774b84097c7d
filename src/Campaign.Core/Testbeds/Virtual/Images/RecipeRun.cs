
namespace Campaign.Testbeds.Virtual.Images;

/// <summary>Runs a recipe's script.</summary>
internal static class RecipeRun
{
    /// <summary>
    /// A process group of its own, whose standard input is held by this program: when that closes, however this program went, the whole group is told to end, so that
    /// mmdebstrap removes what it has begun.
    /// </summary>
    private const string Group =
        "exec 3<&0 </dev/null; { cat <&3; trap '' TERM; kill -TERM -$$; } >/dev/null 2>&1 & watch=$!; $APART sh -eu ./.recipe 3<&-; code=$?; kill $watch; exit $code";

    private const long EnoughMemory = 8L << 30;

    /// <param name="staging">Where it runs.</param>
    /// <param name="identity">What images carry inside.</param>
    /// <param name="log">File for everything that the script says.</param>
    /// <exception cref="TestbedException">The script failed.</exception>
    public static async Task RunAsync(ImageRecipe recipe, string staging, string identity, string log, CancellationToken cancellationToken)
    {
        var script = Path.Combine(staging, ".recipe");
        await File.WriteAllTextAsync(script, recipe.Script, cancellationToken);
        using var process = await BoundProcess.StartAsync("sh", ["-c", Group], "TERM", start =>
        {
            start.WorkingDirectory = staging;
            start.Environment["CAMPAIGN_IMAGE"] = identity;
            // What root mounts is seen by the recipe alone and gone with it; an ordinary user's mmdebstrap sees to that itself.
            start.Environment["APART"] = Environment.IsPrivilegedProcess ? "unshare --mount" : "";
            start.Environment["LC_ALL"] = "C";
            start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
            start.Environment["PATH"] += ":/usr/sbin:/sbin";

            // Unpacking is mostly writing small files that are deleted again.
            if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > EnoughMemory && Directory.Exists("/dev/shm"))
                start.Environment["TMPDIR"] = "/dev/shm";
        });
        await using var file = new StreamWriter(log, append: false);
        var tail = new Queue<string>();
        var reading = Task.WhenAll(CollectAsync(process.StandardOutput, file, tail), CollectAsync(process.StandardError, file, tail));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        await reading;
        File.Delete(script);
        File.Delete(Path.Combine(staging, "sources.list"));
        if (process.ExitCode != 0)
            throw new TestbedException(
                FormattableString.Invariant($"{recipe.Name} could not be made (exit code {process.ExitCode}): {string.Join(" / ", tail.TakeLast(4))}. All of what its tools said is in {log}."));
    }

    private static async Task CollectAsync(StreamReader reader, StreamWriter file, Queue<string> tail)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (tail)
            {
                file.WriteLine(line);
                tail.Enqueue(line);
                if (tail.Count > 20)
                    tail.Dequeue();
            }
        }
    }
}
