using System.Runtime.InteropServices;
using Campaign.Conducting;
using Campaign.Diagnostics;

namespace Campaign.Cli.Terminal;

/// <summary>Turns SIGINT and SIGTERM into the two stop signals of a sweep; a third one ends the program by the system's default.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource _afterStep = new();
    private readonly CancellationTokenSource _now = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _count;

    /// <param name="notice">Told what the signal will do, in a sentence.</param>
    public Signals(Action<string> notice)
    {
        void Handle(PosixSignalContext context)
        {
            InterruptedCode = context.Signal == PosixSignal.SIGTERM ? ExitCode.Terminated : ExitCode.Interrupted;
            context.Cancel = ++_count <= 2;
            switch (_count)
            {
                case 1:
                    notice(FirstNotice);
                    _afterStep.Cancel();
                    break;
                case 2:
                    notice("Stopping now.");
                    _now.Cancel();
                    break;
            }
        }

        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    /// <summary>What the first signal will do.</summary>
    public string FirstNotice { get; set; } = "Stopping: the current step is finished, torn down and saved. Once more stops at once.";

    public ExitCode InterruptedCode { get; private set; } = ExitCode.Interrupted;

    public StopSignals Stop => new(_afterStep.Token, _now.Token);

    public CancellationToken Now => _now.Token;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _afterStep.Dispose();
        _now.Dispose();
    }
}
