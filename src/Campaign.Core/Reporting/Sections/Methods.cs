using Campaign.Reporting.Html;
using Campaign.Storage;

namespace Campaign.Reporting.Sections;

/// <summary>What the words of the report mean.</summary>
internal static class Methods
{
    public static void Write(HtmlWriter html, StoredSweep stored)
    {
        html.Element("h2", "Methods");
        foreach (var paragraph in new[]
        {
            "Latency is the time between a packet's timestamps before and behind the device under test, taken with one clock, in nanoseconds. The packet is recognised by its identity, never by its place in the capture.",
            "Percentiles are order statistics of all matched packets of a trial: nearest rank, the smallest latency whose cumulative count is at least ⌈p·N⌉ (SQL's percentile_disc). Nothing is binned. A percentile is stated when its packets have a finite upper 95 % bound for it, N ≥ ln 0.05 / ln p; packets of a stall are not independent, so this is the least that is needed.",
            "The trial, not the packet, is the unit of comparison: tables give the median over the repeats of a cell, and their smallest and largest. This report describes; it tests nothing.",
            "Loss is counted by packets that were seen before the device and never behind it. An identity that was sent twice is not matched at all; of one that arrived twice the first counts. Reordering is RFC 4737's: a packet is reordered when one that was sent later has arrived before it.",
            "Rates are packets per second between the first and the last packet of the capture before the device. Packet sizes are those of Ethernet frames with check sequence, without preamble and gap.",
            "Traffic is open-loop: each packet leaves at its intended time, whatever happened to the one before. “Sent late” counts packets that left more than 100 µs, or one interval if that is longer, after it.",
        })
        {
            html.Element("p", paragraph);
        }

        if (stored.Sweep.Driver == "local")
        {
            html.Element("p", "On this testbed, one datagram is delivered by the kernel to the forwarder and to the timestamper; both taps carry the kernel's receive timestamps (SO_TIMESTAMPNS, CLOCK_REALTIME). Ethernet headers in the captures are composed.");
        }
    }
}
