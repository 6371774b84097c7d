using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Campaign.Testbeds.Dry;

/// <summary>
/// Seeded randomness that is the same on every machine and in every version of .NET: xoshiro256** (Blackman and Vigna 2018), seeded by SHA-256 of a name.
/// </summary>
internal sealed class Randomness
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <param name="seed">Of the sweep.</param>
    /// <param name="name">What the numbers are for; different names give independent numbers.</param>
    public Randomness(long seed, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{name}")));
        _a = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(8));
        _c = BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(16));
        _d = BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(24));
    }

    /// <summary>Uniform in (0, 1].</summary>
    public double Uniform() => ((Next() >> 11) + 1) * (1.0 / (1UL << 53));

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Lognormal with this median and this standard deviation of the logarithm.</summary>
    public double Lognormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    /// <summary>Exponential with this mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(Uniform());

    private ulong Next()
    {
        unchecked
        {
            var result = ulong.RotateLeft(_b * 5, 7) * 9;
            var t = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= t;
            _d = ulong.RotateLeft(_d, 45);
            return result;
        }
    }
}
