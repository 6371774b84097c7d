using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Campaign.Testbeds;

/// <summary>The kernel's way to write a set of CPUs: <c>0-3,5</c>.</summary>
internal static class CpuList
{
    /// <returns>Ascending, distinct CPUs; null when the text is no list of CPUs.</returns>
    public static ImmutableArray<int>? Parse(string text)
    {
        var cpus = new SortedSet<int>();
        foreach (var part in text.Trim().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', 2);
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                || last < first || last > 65535)
                return null;

            cpus.UnionWith(Enumerable.Range(first, last - first + 1));
        }

        return [.. cpus];
    }

    public static string Format(IEnumerable<int> cpus)
    {
        var text = new StringBuilder();
        int[] sorted = [.. cpus.Distinct().Order()];
        for (var i = 0; i < sorted.Length;)
        {
            var last = i;
            while (last + 1 < sorted.Length && sorted[last + 1] == sorted[last] + 1)
                last++;

            text.Append(text.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{sorted[i]}");
            if (last > i)
                text.Append(CultureInfo.InvariantCulture, $"-{sorted[last]}");

            i = last + 1;
        }

        return text.ToString();
    }
}
