using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Campaign.Topology;

namespace Campaign.Testbeds.Local;

/// <summary>Where processes of this user run and how urgently: sched_setaffinity(2) and sched_setscheduler(2) for processes that run already.</summary>
internal static unsafe partial class Scheduling
{
    private const int FirstInFirstOut = 1;
    private const int NoSuchProcess = 3;
    private const int MaskBytes = 128;

    /// <summary>Lets one thread run on these CPUs only; a process' id is that of its main thread.</summary>
    /// <exception cref="TestbedException">The system refused.</exception>
    public static void PlaceThread(int thread, ImmutableArray<int> cpus)
    {
        var mask = stackalloc byte[MaskBytes];
        foreach (var cpu in cpus.Where(c => c < MaskBytes * 8))
            mask[cpu / 8] |= (byte)(1 << (cpu % 8));

        if (SetAffinity(thread, MaskBytes, mask) != 0 && Marshal.GetLastPInvokeError() is not NoSuchProcess and var error)
            throw new TestbedException(
                $"The system does not let a process run on CPU {CpuList.Format(cpus)}: {Marshal.GetPInvokeErrorMessage(error)}. "
                + "Compare the CPUs that the testbed file gives the host with those of this machine.");
    }

    /// <summary>Lets all threads of a process run on these CPUs only.</summary>
    public static void Place(int process, ImmutableArray<int> cpus)
    {
        foreach (var thread in Directory.GetDirectories($"/proc/{process}/task"))
            PlaceThread(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), cpus);
    }

    /// <summary>Gives the main thread of a process real-time priority.</summary>
    /// <returns>Whether the system allowed it.</returns>
    public static bool TryRealtime(int process, int priority) => SetScheduler(process, FirstInFirstOut, &priority) == 0;

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int process, nuint size, byte* mask);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    private static partial int SetScheduler(int process, int policy, int* priority);
}
