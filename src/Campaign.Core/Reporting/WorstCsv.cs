using System.Globalization;
using System.Text;
using Campaign.Captures;

namespace Campaign.Reporting;

/// <summary>The worst packets in the form of HVNet's evaluation: nanoseconds, and the packet's key.</summary>
internal static class WorstCsv
{
    public static string Of(LatencyEvaluation evaluation)
    {
        var text = new StringBuilder("latency,prets,postts,encode\n");
        foreach (var packet in evaluation.Worst)
        {
            text.Append(CultureInfo.InvariantCulture, $"{packet.Latency},{packet.PreTimestamp},{packet.PostTimestamp},{packet.Key}\n");
        }

        return text.ToString();
    }
}
