using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Campaign.Captures;

/// <summary>
/// Where packets carry what tells them apart. As text: <c>payload:0+8</c> for 8 bytes from the start of the UDP or TCP payload, <c>frame:30+4</c> for 4 bytes
/// from the 30th captured one; with a mask in hexadecimal digits, as long as the range, <c>payload:0+4&amp;ffffff0f</c>.
/// </summary>
/// <param name="OfPayload">Counted from the payload; otherwise from the first captured byte.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">Bytes, 1 to 64.</param>
public sealed record ByteRange(bool OfPayload, int Offset, int Length)
{
    private const int Longest = 64;
    private const int FurthestOffset = 65_535;

    /// <summary>Bits that count; empty when all do.</summary>
    public ImmutableArray<byte> Mask { get; init; } = [];

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ByteRange? range)
    {
        range = null;
        var (place, mask) = text.Split('&') switch
        {
            [var only] => (only, ""),
            [var first, var second] => (first, second),
            _ => ("", ""),
        };
        if (place.Split(':', '+') is not ["payload" or "frame", var start, var count]
            || !int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) || offset > FurthestOffset
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is < 1 or > Longest
            || (mask != "" && mask.Length != 2 * length) || mask.Any(digit => !char.IsAsciiHexDigit(digit)))
            return false;

        range = new ByteRange(place.StartsWith("payload", StringComparison.Ordinal), offset, length) { Mask = [.. Convert.FromHexString(mask)] };
        return true;
    }

    /// <summary>The text form.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(OfPayload ? "payload" : "frame")}:{Offset}+{Length}{(Mask.IsEmpty ? "" : "&")}{Convert.ToHexStringLower(Mask.AsSpan())}");
}
