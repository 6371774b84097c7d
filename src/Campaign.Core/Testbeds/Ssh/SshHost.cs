using System.Net;
using System.Net.Sockets;
using System.Text;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace Campaign.Testbeds.Ssh;

/// <summary>
/// One connection to a host. Commands run at the same time on channels of their own; each is the remote shell's. Losing the connection ends them with a
/// <see cref="TestbedException"/>.
/// </summary>
internal sealed class SshHost : IAsyncDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);

    private readonly SshAddress _address;
    private readonly SshClient _client;
    private readonly TimeProvider _time;

    private SshHost(SshAddress address, SshClient client, TimeProvider time)
    {
        _address = address;
        _client = client;
        _time = time;
    }

    /// <summary>Connects, checks the host's key and logs in.</summary>
    /// <exception cref="TestbedException">The host does not answer, shows another key, or refuses the login.</exception>
    public static async Task<SshHost> ConnectAsync(SshAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        using var pem = new MemoryStream(Encoding.ASCII.GetBytes(address.Key.PrivateKey));
        var connection = new ConnectionInfo(address.Host, address.Port, address.User, new PrivateKeyAuthenticationMethod(address.User, new PrivateKeyFile(pem))) { Timeout = ConnectLimit };
        if (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip))
            PreferQuickExchanges(connection);

        var client = new SshClient(connection);
        var trusted = true;
        client.HostKeyReceived += (_, received) => trusted = received.CanTrust = received.HostKey.AsSpan().SequenceEqual(address.HostKey);
        try
        {
            await client.ConnectAsync(cancellationToken);
            return new SshHost(address, client, time);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            client.Dispose();
            throw new TestbedException(
                trusted
                    ? $"The host '{address.Name}' cannot be reached over SSH at {address.Host}:{address.Port}: {e.Message}"
                    : $"The host '{address.Name}' at {address.Host}:{address.Port} shows a key that is not its own. Somebody else answers there.",
                e);
        }
    }

    // Nobody records loopback to read it with a quantum computer, and an emulated CPU is slow at keys that withstand one.
    private static void PreferQuickExchanges(ConnectionInfo connection)
    {
        foreach (var name in connection.KeyExchangeAlgorithms.Keys.Where(n => n.StartsWith("mlkem", StringComparison.Ordinal) || n.StartsWith("sntrup", StringComparison.Ordinal)).ToArray())
            connection.KeyExchangeAlgorithms.Remove(name);
    }

    /// <summary>Runs a shell command to its end.</summary>
    /// <param name="command">For the remote shell.</param>
    /// <param name="input">What the command reads on standard input.</param>
    /// <exception cref="TestbedException">The connection was lost.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the command was told to end.</exception>
    public async Task<CommandOutcome> RunAsync(string command, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        await using var running = Start(command);
        await running.WriteAsync(input, cancellationToken);
        return await running.EndAsync(cancellationToken);
    }

    /// <inheritdoc cref="RunAsync(string, ReadOnlyMemory{byte}, CancellationToken)"/>
    public Task<CommandOutcome> RunAsync(string command, CancellationToken cancellationToken) => RunAsync(command, default, cancellationToken);

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="TestbedException">It failed; the message has the end of what it said.</exception>
    public async Task<string> ExpectAsync(string command, string purpose, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(command, cancellationToken);
        return outcome.Exit == 0
            ? outcome.StandardOutput
            : throw new TestbedException($"The host '{_address.Name}' could not {purpose}: {LastLines(outcome)}");
    }

    /// <summary>Starts a command and comes back at once.</summary>
    public SshCommandRun Start(string command)
    {
        try
        {
            return new SshCommandRun(_client.CreateCommand(command), _address.Name, _time);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw new TestbedException($"The connection to the host '{_address.Name}' is lost: {e.Message}", e);
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What SSH.NET throws when a host, not this program, is at fault.</summary>
    internal static bool IsTrouble(Exception e) => e is SshException or SocketException or IOException or ObjectDisposedException or InvalidOperationException;

    private static string LastLines(CommandOutcome outcome)
    {
        var said = (outcome.StandardError.Trim() is { Length: > 0 } error ? error : outcome.StandardOutput.Trim()).Split('\n');
        return said is [""] ? FormattableString.Invariant($"exit code {outcome.Exit}.") : string.Join(" / ", said.TakeLast(3));
    }
}
