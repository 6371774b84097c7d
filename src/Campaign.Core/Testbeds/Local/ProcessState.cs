using System.Globalization;

namespace Campaign.Testbeds.Local;

/// <summary>What <c>/proc</c> says of a process at this moment, see proc(5).</summary>
/// <param name="Cpus">CPUs that its main thread may use, as the kernel writes them.</param>
/// <param name="Scheduler"><c>other</c>, <c>fifo 50</c>, …</param>
/// <param name="Ticks">Processor time used so far by all of its threads, in hundredths of a second.</param>
internal sealed record ProcessState(string Cpus, string Scheduler, long Ticks)
{
    /// <returns>Null when there is no such process, or it has ended.</returns>
    public static ProcessState? Read(int process)
    {
        try
        {
            var status = File.ReadAllLines($"/proc/{process}/status");
            var stat = File.ReadAllText($"/proc/{process}/stat");

            // The name, second, may hold anything, so counting starts behind its parenthesis: the state is the third field.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : new ProcessState(
                status.First(l => l.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t')[1],
                Policy(fields[38], fields[37]),
                long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Policy(string policy, string priority) => policy switch
    {
        "0" => "other",
        "1" => $"fifo {priority}",
        "2" => $"rr {priority}",
        "3" => "batch",
        "5" => "idle",
        "6" => "deadline",
        _ => $"policy {policy}",
    };
}
