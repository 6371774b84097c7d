using System.Globalization;

namespace Campaign.Testbeds.Wire;

/// <summary>What the kernel counts on each CPU, at one moment: interrupts, softirqs and context switches.</summary>
/// <param name="Counts">
/// Since the machine started, by name, description and CPU; softirqs have the description <see cref="Soft"/>, and <see cref="AllCpus"/> stands for all CPUs together. <c>ERR</c> and
/// <c>MIS</c>, which have one column for all, count on the first.
/// </param>
internal sealed record KernelCounters(Dictionary<(string Name, string Description, int Cpu), long> Counts)
{
    /// <summary>In the place of a CPU: what is only counted for all of them together.</summary>
    public const int AllCpus = -1;

    /// <summary>Descriptions of what is counted beside interrupts.</summary>
    public const string Soft = "softirq";

    /// <inheritdoc cref="Soft"/>
    public const string Switches = "context switches";

    private const int SwitchesOfCpu = 9;

    /// <summary>Files that <see cref="Parse"/> understands one behind the other. Kernels without the last one tell context switches of all CPUs together.</summary>
    public const string Files = "/proc/interrupts /proc/softirqs /proc/schedstat";

    private static readonly string[] Sources = Files.Split(' ');

    public static KernelCounters Read() =>
        Parse(string.Concat(Sources.Where(File.Exists).Select(File.ReadAllText).Append(File.Exists(Sources[^1]) ? "" : File.ReadLines("/proc/stat").First(l => l.StartsWith("ctxt ", StringComparison.Ordinal)))));

    /// <param name="text"><c>/proc/interrupts</c>; behind it may stand <c>/proc/softirqs</c>, <c>/proc/schedstat</c> and the line <c>ctxt</c> of <c>/proc/stat</c>.</param>
    public static KernelCounters Parse(string text)
    {
        var counts = new Dictionary<(string, string, int), long>();
        var (cpus, table) = (Array.Empty<int>(), 0);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case [['C', 'P', 'U', ..], ..]:
                    (cpus, table) = ([.. words.Select(w => Number(w.AsSpan("CPU".Length)))], table + 1);
                    break;
                case [['c', 'p', 'u', .. var cpu], ..] when words.Length > SwitchesOfCpu:
                    counts[("switches", Switches, Number(cpu))] = Count(words[SwitchesOfCpu]);
                    break;
                case ["ctxt", var all]:
                    counts[("switches", Switches, AllCpus)] = Count(all);
                    break;
                case [[.. var name, ':'], ..]:
                    Row(counts, name, words, cpus, isSoft: table > 1);
                    break;
            }
        }

        return new KernelCounters(counts);
    }

    private static void Row(Dictionary<(string, string, int), long> counts, string name, string[] words, int[] cpus, bool isSoft)
    {
        string[] numbers = [.. words.Skip(1).Take(cpus.Length).TakeWhile(w => char.IsAsciiDigit(w[0]))];
        var description = isSoft ? Soft : string.Join(' ', words.Skip(1 + numbers.Length)).Replace(',', ' ');
        foreach (var (cpu, number) in cpus.Zip(numbers))
        {
            counts[(name, description, cpu)] = Count(number);
        }
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static long Count(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
