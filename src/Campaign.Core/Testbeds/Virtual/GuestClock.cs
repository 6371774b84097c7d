using System.Globalization;
using Campaign.Testbeds.Ssh;
using Campaign.Testbeds.Wire;

namespace Campaign.Testbeds.Virtual;

/// <summary>How far the machine's clock is ahead of this program's, which is the clock of the captures.</summary>
/// <param name="Offset">Nanoseconds.</param>
/// <param name="Uncertainty">Nanoseconds; the truth lies within the offset plus or minus this.</param>
internal sealed record GuestClock(long Offset, long Uncertainty)
{
    private const int Questions = 20;

    /// <summary>
    /// Asks the machine for its time again and again and keeps the quickest answer: the time it tells lies between question and answer (Cristian's algorithm).
    /// </summary>
    public static async Task<GuestClock> MeasureAsync(SshHost ssh, CancellationToken cancellationToken)
    {
        await using var talk = ssh.Start("exec bash -c 'while read -r line; do echo $EPOCHREALTIME; done'");
        using var answers = new StreamReader(talk.Output, leaveOpen: true);
        await using var questions = talk.OpenInput();
        var best = new GuestClock(0, long.MaxValue);
        for (var i = 0; i < Questions; i++)
        {
            var asked = WireClock.Realtime;
            await questions.WriteAsync("\n"u8.ToArray(), cancellationToken);
            await questions.FlushAsync(cancellationToken);
            var answer = await answers.ReadLineAsync(cancellationToken) ?? throw new TestbedException("The device under test does not tell its time.");
            var answered = WireClock.Realtime;
            if ((answered - asked) / 2 < best.Uncertainty)
                best = new GuestClock(Nanoseconds(answer) - (asked + ((answered - asked) / 2)), (answered - asked) / 2);
        }

        return best;
    }

    /// <summary>From <c>1795434561.757564</c> to nanoseconds.</summary>
    public static long Nanoseconds(string seconds) => (long)(decimal.Parse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * 1_000_000_000m);
}
