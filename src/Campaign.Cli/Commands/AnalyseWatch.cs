using System.Globalization;
using Campaign.Captures;

namespace Campaign.Cli.Commands;

/// <summary>
/// Follows captures that are still growing: looks at them again and again, each time at all that is there, and says what is known so far. A look costs as
/// long as reading the files does, so the pause before the next one is at least four times as long.
/// </summary>
/// <remarks>A capture that this program writes is called <c>NAME.part</c> until it is whole; that one is followed as long as there is no <c>NAME</c>.</remarks>
internal sealed class AnalyseWatch(Session session, AnalyseRequest request)
{
    private const string Unfinished = ".part";
    private const int PausePerLook = 4;

    private readonly EvaluationOptions _lenient = request.Options with { Strict = false };
    private readonly HashSet<string> _seenUnfinished = [];
    private int _drawn;

    /// <summary>Goes on until the captures are whole: both got their names, none has grown for as long as was asked for, or an interrupt says so.</summary>
    /// <returns>The request for the full evaluation.</returns>
    public async Task<AnalyseRequest> FollowAsync()
    {
        var (stop, time) = (session.Signals.Stop, session.Time);
        var (grown, size) = (time.GetTimestamp(), -1L);
        while (!stop.AfterStep.IsCancellationRequested)
        {
            var (pre, post) = (Current(request.Pre), Current(request.Post));
            var whole = IsWhole(request.Pre) && IsWhole(request.Post);
            var started = time.GetTimestamp();
            if (Size(pre) + Size(post) is var now && now != size)
            {
                (grown, size) = (started, now);
                Print(Look(pre, post, stop.Now));
            }

            if (whole || time.GetElapsedTime(grown) >= request.Quiet)
                break;
            var pause = PausePerLook * time.GetElapsedTime(started);
            await PauseAsync(pause > request.Interval ? pause : request.Interval, stop.AfterStep);
        }

        return request with { Pre = Current(request.Pre), Post = Current(request.Post), Options = _lenient };
    }

    /// <summary>What is there now; a sentence when there is nothing to evaluate yet.</summary>
    private (string Table, string Line) Look(string pre, string post, CancellationToken cancellationToken)
    {
        try
        {
            var all = CapturePair.EvaluateBoth(pre, post, _lenient, cancellationToken).All;
            return (AnalyseText.SoFar(request, all), AnalyseText.Line(request, all));
        }
        catch (CaptureException e)
        {
            var waiting = $"waiting: {e.Message.ReplaceLineEndings(" ")}";
            return (waiting + "\n", waiting);
        }
    }

    private void Print((string Table, string Line) known)
    {
        var output = session.Error.Profile.Out;
        if (!output.IsTerminal || !session.Error.Profile.Capabilities.Ansi)
        {
            session.Say(known.Line);
            return;
        }

        // Over the table of the look before.
        var up = _drawn == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\e[{_drawn}F\e[J");
        output.Writer.Write(up + known.Table);
        output.Writer.Flush();
        _drawn = known.Table.Count(c => c == '\n');
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, session.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The loop ends by itself.
        }
    }

    private string Current(string path)
    {
        if (File.Exists(path) || !File.Exists(path + Unfinished))
            return path;
        _seenUnfinished.Add(path);
        return path + Unfinished;
    }

    private bool IsWhole(string path) => _seenUnfinished.Contains(path) && File.Exists(path);

    private static long Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
