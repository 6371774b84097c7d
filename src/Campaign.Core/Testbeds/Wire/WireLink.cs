using System.Collections.Concurrent;

namespace Campaign.Testbeds.Wire;

/// <summary>
/// A wire process' side of its conversation with the runner, over standard input and output. When the runner is gone, however it went, the
/// kernel closes the pipe and the process ends. PR_SET_PDEATHSIG would not do: it fires when the <em>thread</em> that started the process ends, and
/// .NET starts processes from pool threads that come and go.
/// </summary>
internal sealed class WireLink
{
    private readonly TextWriter _output;
    private readonly BlockingCollection<WireMessage> _orders = [];
    private readonly Lock _writing = new();

    public WireLink(TextReader input, TextWriter output)
    {
        _output = output;
        new Thread(() =>
        {
            while (input.ReadLine() is { } line)
                _orders.Add(WireMessage.Parse(line));

            Environment.Exit(0);
        })
        { IsBackground = true }.Start();
    }

    /// <summary>The next order, when there is one.</summary>
    public WireMessage Receive() => _orders.Take();

    /// <returns>Whether an order has come.</returns>
    public bool TryReceive(out WireMessage? order) => _orders.TryTake(out order);

    public void Send(WireMessage message)
    {
        lock (_writing)
        {
            _output.Write(message + "\n");
            _output.Flush();
        }
    }

    /// <summary>From now on hands each order to <paramref name="react"/>, on a thread of its own.</summary>
    public void Listen(Action<WireMessage> react) => new Thread(() =>
    {
        while (true)
            react(Receive());
    })
    { IsBackground = true }.Start();
}
