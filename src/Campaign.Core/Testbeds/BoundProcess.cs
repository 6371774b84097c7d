using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace Campaign.Testbeds;

/// <summary>Starts processes that cannot outlive this program, even when it is killed.</summary>
/// <remarks>
/// The kernel sends the signal (PR_SET_PDEATHSIG, which setpriv sets) when the <em>thread</em> that started the process ends. Threads of the pool come and go, so all of
/// them are started by one thread that lives as long as the program.
/// </remarks>
internal static class BoundProcess
{
    private static readonly BlockingCollection<Action> Orders = [];

    static BoundProcess() => new Thread(() =>
    {
        foreach (var order in Orders.GetConsumingEnumerable())
            order();
    })
    { IsBackground = true, Name = "process starter" }.Start();

    /// <summary>Starts a program with its three standard streams redirected.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="signal">What the kernel sends it when this program has ended: <c>KILL</c>, or <c>TERM</c> for one that has to clean up.</param>
    /// <param name="adjust">Changes to environment and folder.</param>
    /// <exception cref="TestbedException">It cannot be started.</exception>
    public static async Task<Process> StartAsync(string program, IEnumerable<string> arguments, string signal, Action<ProcessStartInfo>? adjust = null)
    {
        // A session of its own: Ctrl-C in the terminal is this program's to handle.
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", signal, "--", "setsid", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        adjust?.Invoke(start);
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Orders.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Win32Exception e)
            {
                started.SetException(new TestbedException($"{program} cannot be started: {e.Message}. The tool setpriv is in Debian's package util-linux.", e));
            }
        });
        return await started.Task;
    }
}
