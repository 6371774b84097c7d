using System.Globalization;

namespace Campaign.Analysis;

/// <summary>Counts with their nouns.</summary>
internal static class Plural
{
    /// <summary><c>1 trial</c>, <c>24 trials</c>, <c>1 234 567 packets</c> (narrow no-break spaces from 10 000 on).</summary>
    public static string Of(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A whole number, grouped by narrow no-break spaces from 10 000 on.</summary>
    public static string Number(long count)
    {
        var plain = count.ToString(CultureInfo.InvariantCulture);
        return plain.Length <= 4 ? plain : count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');
    }
}
