namespace Campaign.Testbeds.Wire;

/// <summary>
/// Reads the kernel's counters of interrupts, softirqs and context switches again and again and writes what came in between, with the clock of the captures, so that a stall and
/// an interrupt can be held against each other. It disturbs, too; that is why campaigns switch it on and off.
/// </summary>
internal static class InterruptRecorder
{
    /// <summary>
    /// Order <c>record file= interval=</c> (nanoseconds), answer <c>recording</c>. Columns: <c>time_ns,interrupt,description,cpu,count</c>; zero
    /// counts are left out.
    /// </summary>
    public static void Run(WireLink link)
    {
        link.Send(new WireMessage("ready"));
        var order = link.Receive();
        using var file = new StreamWriter(order["file"], append: false);
        file.Write(InterruptLog.Header);
        var before = KernelCounters.Read();
        link.Send(new WireMessage("recording"));
        var interval = order.Number("interval");
        for (var next = WireClock.Monotonic + interval; ; next += interval)
        {
            WireClock.SleepUntil(next);
            var now = KernelCounters.Read();
            InterruptLog.Write(file, WireClock.Realtime, before, now);
            file.Flush();
            before = now;
        }
    }
}
