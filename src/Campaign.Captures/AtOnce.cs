using System.Runtime.ExceptionServices;

namespace Campaign.Captures;

/// <summary>Work for several threads.</summary>
internal static class AtOnce
{
    /// <summary>Does every step, in their order, as many at once as there are threads. The first that fails ends the others, and what it threw is thrown here.</summary>
    /// <param name="threads">One of them is the caller's.</param>
    /// <param name="steps">Those that last look at the token that they are given.</param>
    /// <param name="cancellationToken">Ends them all.</param>
    public static void Run(int threads, IReadOnlyList<Action<CancellationToken>> steps, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ExceptionDispatchInfo? failure = null;
        var next = -1;

        void Work()
        {
            try
            {
                for (int step; (step = Interlocked.Increment(ref next)) < steps.Count;)
                {
                    end.Token.ThrowIfCancellationRequested();
                    steps[step](end.Token);
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                end.Cancel();
            }
        }

        var others = Enumerable.Range(1, Math.Max(0, Math.Min(threads, steps.Count) - 1)).Select(_ => new Thread(Work)).ToArray();
        foreach (var thread in others)
            thread.Start();
        Work();
        foreach (var thread in others)
            thread.Join();
        cancellationToken.ThrowIfCancellationRequested();
        failure?.Throw();
    }
}
