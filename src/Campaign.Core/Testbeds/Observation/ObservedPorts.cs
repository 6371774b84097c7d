using System.Globalization;
using System.Text.RegularExpressions;

namespace Campaign.Testbeds.Observation;

/// <summary>What testpmd says of its ports.</summary>
/// <param name="Addresses">Hardware addresses in the order of the ports, lower case.</param>
/// <param name="Received">Packets received on each port.</param>
/// <param name="Sent">Packets sent on each port.</param>
/// <param name="Missed">Packets that the NIC had no room for, on each port.</param>
internal sealed partial record ObservedPorts(string[] Addresses, long[] Received, long[] Sent, long[] Missed)
{
    /// <returns>Null when testpmd has not answered.</returns>
    public static ObservedPorts? Read(IReadOnlyList<string> lines)
    {
        var text = string.Join('\n', lines);
        var ports = new ObservedPorts(
            [.. Address.Matches(text).Select(m => m.Groups[1].Value.ToLowerInvariant())],
            Numbers(Rx, text), Numbers(Tx, text), Numbers(Miss, text));
        return ports is { Addresses: [], Received: [] } ? null : ports;
    }

    /// <summary>Counts since another reading of the same forwarder.</summary>
    public ObservedPorts Since(ObservedPorts earlier) => new(Addresses, Less(Received, earlier.Received), Less(Sent, earlier.Sent), Less(Missed, earlier.Missed));

    private static long[] Less(long[] now, long[] then) => [.. now.Select((n, i) => n - (i < then.Length ? then[i] : 0))];

    private static long[] Numbers(Regex pattern, string text) => [.. pattern.Matches(text).Select(m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"MAC address: ([0-9A-Fa-f:]{17})")]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"RX-packets: (\d+)")]
    private static partial Regex Rx { get; }

    [GeneratedRegex(@"TX-packets: (\d+)")]
    private static partial Regex Tx { get; }

    [GeneratedRegex(@"RX-missed: (\d+)")]
    private static partial Regex Miss { get; }
}
