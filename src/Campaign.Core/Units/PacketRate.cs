using System.Globalization;

namespace Campaign.Units;

/// <summary>Packets per second.</summary>
internal readonly record struct PacketRate(double PacketsPerSecond)
{
    /// <summary><c>1.52 Mpkt/s</c>, <c>10 kpkt/s</c>, <c>250 pkt/s</c>.</summary>
    public override string ToString() => PacketsPerSecond switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{PacketsPerSecond / 1e6:0.###} Mpkt/s"),
        >= 1e3 => string.Create(CultureInfo.InvariantCulture, $"{PacketsPerSecond / 1e3:0.###} kpkt/s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{PacketsPerSecond:0.###} pkt/s"),
    };
}
