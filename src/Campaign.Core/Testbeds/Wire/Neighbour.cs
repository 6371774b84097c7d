namespace Campaign.Testbeds.Wire;

/// <summary>A busy process that shares the machine with the device under test: it computes without end and never sleeps.</summary>
internal static class Neighbour
{
    /// <summary>Order <c>run</c>, answer <c>running</c>.</summary>
    public static void Run(WireLink link)
    {
        link.Send(new WireMessage("ready"));
        link.Receive();
        link.Send(new WireMessage("running"));

        // A megabyte is more than its share of the caches: a neighbour disturbs by what it evicts, too.
        var cells = new ulong[1 << 17];
        for (var x = 0x9E3779B97F4A7C15UL; ;)
        {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            cells[x % (ulong)cells.Length] += x & 1;
        }
    }
}
