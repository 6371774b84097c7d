using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>What tests of virtual testbeds look at: stored trials, and machines that run.</summary>
internal static class VirtualTrials
{
    private const string MachineName = "dut,debug-threads=on";

    /// <summary>The trials of the newest sweep, with their attestation.</summary>
    public static async Task<JsonObject[]> ReadAsync(string results)
    {
        var shown = await CampaignProcess.RunAsync(results, "show", "--json");
        Assert.True(shown.Code == 0, shown.ToString());
        return [.. JsonNode.Parse(shown.Out)!["trials"]!.AsArray().Select(t => t!.AsObject())];
    }

    /// <summary>Claims of a trial; of the two readings the one that does not hold, else the later.</summary>
    public static Dictionary<string, (string Asked, string Observed, bool Holds)> Claims(JsonObject trial) => trial["attestation"]!.AsArray()
        .GroupBy(c => (string)c!["subject"]!)
        .ToDictionary(
            g => g.Key,
            g => g.Select(c => (Asked: (string)c!["asked"]!, Observed: (string)c["observed"]!, Holds: (bool)c["holds"]!)).OrderBy(c => c.Holds ? 1 : 0).First());

    /// <summary>Waits until a run has started a machine.</summary>
    /// <returns>Its process.</returns>
    public static async Task<int> MachineOfAsync(int run)
    {
        while (true)
        {
            foreach (var machine in Machines())
            {
                if (Status(machine, "PPid") == run)
                {
                    return machine;
                }
            }

            Assert.True(Directory.Exists($"/proc/{run}"), "The run ended before it had a machine.");
            await Task.Yield();
        }
    }

    /// <summary>The process of a run that plays a role on the wire.</summary>
    public static int WireProcessOf(int run, string role) => Processes(c => c.Contains($"\0wire\0{role}", StringComparison.Ordinal)).Single(p => Status(p, "PPid") == run);

    /// <summary>Waits until no machine runs; the kernel ends it with its runner.</summary>
    public static async Task MachineEndsAsync()
    {
        while (Machines().Any())
        {
            await Task.Yield();
        }
    }

    public static void Kill(int process)
    {
        using var machine = Process.GetProcessById(process);
        machine.Kill();
    }

    /// <summary>Neither machines nor wire processes, and no state of a machine on disk.</summary>
    public static void NothingIsLeft()
    {
        Assert.Empty(Machines());
        Assert.Empty(Processes(c => c.Contains($"{CampaignProcess.Program}\0wire\0", StringComparison.Ordinal)));
        var cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache/campaign/running");
        var left = Directory.Exists(cache) ? Directory.GetFiles(cache) : [];
        Assert.True(left.Sum(f => new FileInfo(f).Length) < 1 << 20, string.Join(' ', left));
    }

    private static IEnumerable<int> Machines() => Processes(c => c.Contains(MachineName, StringComparison.Ordinal));

    private static IEnumerable<int> Processes(Func<string, bool> commandLine) =>
        from folder in Directory.GetDirectories("/proc")
        let name = Path.GetFileName(folder)
        where char.IsAsciiDigit(name[0]) && commandLine(CommandLine(folder)) && Status(Number(name), "PPid") >= 0
        select Number(name);

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static int Status(int process, string field)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
            return Number(line.Split('\t')[1]);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return -1;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
