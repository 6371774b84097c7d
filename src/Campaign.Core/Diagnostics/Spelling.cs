namespace Campaign.Diagnostics;

/// <summary>Finds what someone may have meant.</summary>
internal static class Spelling
{
    /// <summary>
    /// The known name that is closest to a misspelt one, or null when none is near: at most a third of the letters differ, by the distance of optimal
    /// string alignment (insert, delete, exchange, swap neighbours).
    /// </summary>
    public static string? Closest(string misspelt, IEnumerable<string> known) => known
        .Select(name => (Name: name, Distance: Distance(misspelt, name)))
        .Where(c => c.Distance <= Math.Max(1, Math.Max(c.Name.Length, misspelt.Length) / 3))
        .OrderBy(c => c.Distance)
        .ThenBy(c => c.Name, StringComparer.Ordinal)
        .FirstOrDefault().Name;

    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                var exchanged = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(exchanged, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
