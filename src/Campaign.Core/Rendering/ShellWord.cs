using System.Buffers;

namespace Campaign.Rendering;

/// <summary>The one place that quotes words for a POSIX shell (IEEE Std 1003.1, Shell Command Language, section 2.2.2).</summary>
internal static class ShellWord
{
    /// <summary>Characters that no shell treats specially within an argument.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+:,./_-");

    /// <summary>A word that the shell reads back as <paramref name="text"/>, whatever is in it.</summary>
    /// <exception cref="ArgumentException">The text contains a NUL character, which no argument of a program can hold.</exception>
    public static string Quote(string text)
    {
        if (text.Contains('\0'))
        {
            throw new ArgumentException("A shell word cannot contain a NUL character.", nameof(text));
        }

        return text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Plain) ? text : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
