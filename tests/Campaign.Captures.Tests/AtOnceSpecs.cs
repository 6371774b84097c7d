using Xunit;

namespace Campaign.Captures.Tests;

/// <summary>Steps in several threads: all are done, the first failure ends the rest and is the one that is told.</summary>
public sealed class AtOnceSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void Every_step_is_done_once(int threads)
    {
        var done = new int[20];

        AtOnce.Run(threads, [.. Enumerable.Range(0, 20).Select<int, Action<CancellationToken>>(step => _ => Interlocked.Increment(ref done[step]))], Token);

        Assert.All(done, times => Assert.Equal(1, times));
    }

    [Fact]
    public void One_thread_keeps_their_order()
    {
        var order = new List<int>();

        AtOnce.Run(1, [.. Enumerable.Range(0, 5).Select<int, Action<CancellationToken>>(step => _ => order.Add(step))], Token);

        Assert.Equal([0, 1, 2, 3, 4], order);
    }

    [Fact]
    public void A_failure_ends_the_others_and_is_told()
    {
        using var both = new Barrier(2);
        var begun = 0;
        void Begin()
        {
            Interlocked.Increment(ref begun);
            both.SignalAndWait(Token);
        }

        var thrown = Assert.Throws<InvalidDataException>(() => AtOnce.Run(
            2,
            [
                end =>
                {
                    Begin();
                    end.WaitHandle.WaitOne();
                    end.ThrowIfCancellationRequested();
                },
                _ =>
                {
                    Begin();
                    throw new InvalidDataException("damaged");
                },
                _ => Begin(),
            ],
            Token));

        Assert.Equal("damaged", thrown.Message);
        Assert.Equal(2, begun);
    }

    [Fact]
    public void Who_cancels_is_told_so()
    {
        using var cancelled = new CancellationTokenSource();

        var thrown = Assert.Throws<OperationCanceledException>(() => AtOnce.Run(2, [_ => cancelled.Cancel(), _ => { }, _ => { }], cancelled.Token));

        Assert.Equal(cancelled.Token, thrown.CancellationToken);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
