using System.Text;
using System.Text.RegularExpressions;

namespace Campaign.Importing.Pos;

/// <summary>Names of what is never copied: pos keeps an access token beside its results, and people keep more in their variables.</summary>
internal static partial class PosSecrets
{
    /// <summary>Whether a key of a configuration, or one above it, names a secret.</summary>
    public static bool IsSecret(string key) => Suspicious.IsMatch(key);

    /// <summary>The same for a swept variable. A <c>token_bucket_rate</c> or a <c>flow_key</c> is none, so the word alone is not enough.</summary>
    public static bool IsLoopSecret(string key) => Certain.IsMatch(key);

    /// <summary>A text without its parts <c>key=value</c> whose key names a secret; parts end at blanks and commas. As it was when it has none.</summary>
    /// <param name="text">Boot parameters, arguments, ….</param>
    /// <param name="isSecret">One of the two above.</param>
    public static string Without(string text, Func<string, bool> isSecret)
    {
        var (kept, dropped, last) = (new StringBuilder(), false, false);
        foreach (Match part in Parts.Matches(text))
        {
            var (gap, words) = (part.Groups["gap"].Value, part.Groups["part"].Value);
            // What follows a secret's comma and has no key of its own is the rest of its value.
            last = words.Contains('=', StringComparison.Ordinal) || !last || gap != "," ? words.Split('=', StringSplitOptions.TrimEntries)[..^1].Any(isSecret) : last;
            dropped |= last;
            kept.Append(last ? "" : gap + words);
        }

        return dropped ? kept.ToString().TrimStart(' ', ',') : text;
    }

    [GeneratedRegex(@"token|pass(w|phrase|code)|(?<![a-z])pass(?![a-z])|pwd|psk|secret|credential|keys?\d*$", RegexOptions.IgnoreCase)]
    private static partial Regex Suspicious { get; }

    [GeneratedRegex(
        @"pass(w|phrase|code)|pwd|psk|secret|credential|token\d*$|(access|auth)_?token|(private|api|access|auth|ssh|deploy|host|shared|encryption|signing|licen[cs]e)_?key|^key$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Certain { get; }

    [GeneratedRegex("""(?<gap>[\s,]*)(?<part>(\s*=\s*|"[^"]*"|'[^']*'|[^\s,=])+)""")]
    private static partial Regex Parts { get; }
}
