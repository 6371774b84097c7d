using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Campaign.Testbeds.Virtual;

/// <summary>QEMU's machine protocol (docs/interop/qmp-spec) over the machine's standard streams, so that there is no socket to protect or to leave behind.</summary>
internal sealed class Qmp
{
    private readonly StreamWriter _output;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _pending = new(StringComparer.Ordinal);
    private readonly Action<string, JsonElement> _onEvent;
    private long _ids;
    private volatile bool _closed;

    /// <param name="onEvent">Told of every event: its name and its data; on the reader's thread.</param>
    public Qmp(StreamReader input, StreamWriter output, Action<string, JsonElement> onEvent)
    {
        _output = output;
        _onEvent = onEvent;
        Closed = ListenAsync(input);
    }

    /// <summary>Completes when QEMU has closed its end.</summary>
    public Task Closed { get; }

    /// <summary>Gives an order and waits for its return value.</summary>
    /// <exception cref="TestbedException">QEMU refused, or is gone.</exception>
    public async Task<JsonElement> ExecuteAsync(string command, JsonObject? arguments, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        var order = new JsonObject { ["execute"] = command, ["id"] = id };
        if (arguments is not null)
            order["arguments"] = arguments;

        try
        {
            await _output.WriteAsync($"{order.ToJsonString()}\n".AsMemory(), cancellationToken);
            await _output.FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw Gone(command, e);
        }

        if (_closed)
            throw Gone(command, null);

        return await answer.Task.WaitAsync(cancellationToken);
    }

    private async Task ListenAsync(StreamReader input)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            using var message = JsonDocument.Parse(line);
            var root = message.RootElement;
            if (root.TryGetProperty("event", out var name))
                _onEvent(name.GetString()!, root.TryGetProperty("data", out var data) ? data.Clone() : default);
            else if (root.TryGetProperty("id", out var id) && _pending.TryRemove(id.GetString()!, out var answer))
                Complete(answer, root);
        }

        _closed = true;
        foreach (var answer in _pending.Values)
            answer.TrySetException(Gone("an order", null));
    }

    private static void Complete(TaskCompletionSource<JsonElement> answer, JsonElement root)
    {
        if (root.TryGetProperty("return", out var value))
            answer.TrySetResult(value.Clone());
        else
            answer.TrySetException(new TestbedException($"QEMU refused: {root.GetProperty("error").GetProperty("desc").GetString()}"));
    }

    private static TestbedException Gone(string command, Exception? inner) => new($"QEMU ended before it answered '{command}'.", inner);
}
