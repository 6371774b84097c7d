namespace Campaign.Testbeds.Wire;

/// <summary>The kernel's clocks in nanoseconds, without the 100 ns of .NET's ticks.</summary>
internal static class WireClock
{
    /// <summary>Nanoseconds since 1970: the clock of the kernel's receive timestamps and of all that a trial records.</summary>
    public static long Realtime => Read(Libc.RealtimeClock);

    /// <summary>Nanoseconds since some start, never set: the clock that packets are paced by.</summary>
    public static long Monotonic => Read(Libc.MonotonicClock);

    /// <summary>Sleeps until the monotonic clock shows <paramref name="time"/>, give or take the kernel's wake-up.</summary>
    public static void SleepUntil(long time) => _ = Libc.Sleep(Libc.MonotonicClock, Libc.AbsoluteTime, new TimeSpecification(time), 0);

    /// <summary>Sleeps for some nanoseconds.</summary>
    public static void Sleep(long duration) => _ = Libc.Sleep(Libc.MonotonicClock, 0, new TimeSpecification(duration), 0);

    /// <summary>Lets timers of the calling thread fire on time; the kernel's default bundles them within 50 µs.</summary>
    public static void BePunctual() => _ = Libc.ControlProcess(Libc.SetTimerSlack, 1, 0, 0, 0);

    private static long Read(int clock)
    {
        _ = Libc.ReadClock(clock, out var time);
        return time.Nanoseconds;
    }
}
