using System.Globalization;
using System.Text.RegularExpressions;
using Campaign.Diagnostics;

namespace Campaign.Planning;

/// <summary>One part of a sweep that is run by several runners: <c>2/4</c> is the second of four.</summary>
/// <param name="Index">1-based.</param>
/// <param name="Count">At least 1.</param>
internal readonly partial record struct Shard(int Index, int Count)
{
    /// <exception cref="CampaignException">The text is not a shard; exit code <see cref="ExitCode.Usage"/>.</exception>
    public static Shard Parse(string text)
    {
        var match = Form.Match(text);
        if (match.Success
            && int.TryParse(match.Groups["index"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && index >= 1 && index <= count)
        {
            return new Shard(index, count);
        }

        throw new CampaignException(
            $"'{text}' does not name a shard.", ExitCode.Usage, "Write INDEX/COUNT with an index from 1 to COUNT, for example --shard 2/4.");
    }

    public override string ToString() => FormattableString.Invariant($"{Index}/{Count}");

    [GeneratedRegex(@"^(?<index>[0-9]+)/(?<count>[0-9]+)$")]
    private static partial Regex Form { get; }
}
