using System.Text.RegularExpressions;

namespace Campaign.Importing.Pos;

/// <summary>Names of what is never copied: pos keeps an access token beside its results, and people keep more in their variables.</summary>
internal static partial class PosSecrets
{
    /// <summary>Whether a key of a configuration, or one above it, names a secret.</summary>
    public static bool IsSecret(string key) => Suspicious.IsMatch(key);

    /// <summary>The same for a swept variable. A <c>token_bucket_rate</c> is none, so the word alone is not enough.</summary>
    public static bool IsLoopSecret(string key) => Certain.IsMatch(key);

    [GeneratedRegex("token|passw|secret|credential|private_?key|api_?key", RegexOptions.IgnoreCase)]
    private static partial Regex Suspicious { get; }

    [GeneratedRegex("passw|secret|credential|private_?key|api_?key|^token$|(access|auth)_?token", RegexOptions.IgnoreCase)]
    private static partial Regex Certain { get; }
}
