using System.Collections.Immutable;
using System.Globalization;

namespace Campaign.Topology;

/// <summary>CPU numbers in the form of the Linux kernel: <c>0,2-3,8-11</c> (kernel.org, "Lists of CPUs" in the admin guide).</summary>
internal static class CpuList
{
    private const int LargestCpu = 8191;

    /// <summary>Ascending, each once, neighbours joined; empty for none.</summary>
    public static string Format(IEnumerable<int> cpus)
    {
        int[] sorted = [.. cpus.Distinct().Order()];
        var runs = new List<string>();
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            while (end + 1 < sorted.Length && sorted[end + 1] == sorted[end] + 1)
            {
                end++;
            }

            runs.Add(start == end
                ? sorted[start].ToString(CultureInfo.InvariantCulture)
                : FormattableString.Invariant($"{sorted[start]}-{sorted[end]}"));
            start = end + 1;
        }

        return string.Join(',', runs);
    }

    /// <summary>CPUs in ascending order, each once. White space around the list does not matter.</summary>
    /// <exception cref="FormatException">The text is not a list of CPUs.</exception>
    public static ImmutableArray<int> Parse(string text) => TryParse(text, out var cpus)
        ? cpus
        : throw new FormatException($"'{text.Trim()}' is not a list of CPUs; the kernel writes them as 0,2-3.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string text, out ImmutableArray<int> cpus)
    {
        var found = new SortedSet<int>();
        var list = text.Trim();
        cpus = [];
        foreach (var run in list.Length == 0 ? [] : list.Split(','))
        {
            var ends = run.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last) || first > last)
            {
                return false;
            }

            found.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        cpus = [.. found];
        return true;
    }

    private static bool TryNumber(string text, out int cpu) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out cpu) && cpu <= LargestCpu;
}
