using System.Security.Cryptography;
using System.Text;

namespace Campaign.Units;

/// <summary>SHA-256 of some content, in lower-case hexadecimal digits.</summary>
internal readonly record struct Digest(string Hex)
{
    /// <summary>The first ten digits: enough to name one of a million things.</summary>
    public string Short => Hex[..10];

    public static Digest Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    public static Digest Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public override string ToString() => Hex;
}
