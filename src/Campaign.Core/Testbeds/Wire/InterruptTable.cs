using System.Globalization;

namespace Campaign.Testbeds.Wire;

/// <summary><c>/proc/interrupts</c> at one moment.</summary>
/// <param name="Cpus">The CPUs of the columns.</param>
/// <param name="Counts">Interrupts per CPU since the machine started; <c>ERR</c> and <c>MIS</c>, which have one column for all, count on the first.</param>
internal sealed record InterruptTable(int[] Cpus, Dictionary<(string Interrupt, string Description), long[]> Counts)
{
    public static InterruptTable Read() => Parse(File.ReadAllText("/proc/interrupts"));

    public static InterruptTable Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int[] cpus = [.. Words(lines[0]).Select(w => int.Parse(w.AsSpan("CPU".Length), CultureInfo.InvariantCulture))];
        var counts = new Dictionary<(string, string), long[]>();
        foreach (var line in lines.Skip(1))
        {
            var words = Words(line);
            long[] numbers = [.. words.Skip(1).Take(cpus.Length).TakeWhile(w => char.IsAsciiDigit(w[0])).Select(w => long.Parse(w, CultureInfo.InvariantCulture))];
            counts[(words[0].TrimEnd(':'), string.Join(' ', words.Skip(1 + numbers.Length)).Replace(',', ' '))] = numbers;
        }

        return new InterruptTable(cpus, counts);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
