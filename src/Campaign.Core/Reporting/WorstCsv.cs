using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Campaign.Captures;

namespace Campaign.Reporting;

/// <summary>The largest latencies as HVNet's evaluation writes them: nanoseconds, largest first, the packet's identity in hexadecimal digits.</summary>
internal static class WorstCsv
{
    public static string Of(ImmutableArray<WorstPacket> worst)
    {
        var text = new StringBuilder("latency,prets,postts,encode\n");
        foreach (var packet in worst)
        {
            text.Append(CultureInfo.InvariantCulture, $"{packet.Latency},{packet.PreTimestamp},{packet.PostTimestamp},{packet.Key}\n");
        }

        return text.ToString();
    }
}
