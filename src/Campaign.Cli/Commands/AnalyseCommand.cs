using System.Collections.Immutable;
using System.CommandLine;
using Campaign.Analysis;
using Campaign.Captures;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Importing;
using Campaign.Units;

namespace Campaign.Cli.Commands;

/// <summary><c>analyse</c>: latencies from a pair of capture files, without a campaign.</summary>
internal static class AnalyseCommand
{
    private const long LongDelay = 50_000_000;
    private const int EvenlyTimes = 100;

    public static Command Create(Session session)
    {
        var options = new AnalyseOptions();
        var command = new Command("analyse", "Turns a pair of captures into exact latencies.");
        options.AddTo(command);
        Help.Extend(command, Help.Examples(
            "campaign analyse latencies-pre.pcap.zst latencies-post.pcap.zst",
            "campaign analyse pre.pcap post.pcap --percentiles 50 99.9 99.999 --json",
            "campaign analyse pre.pcapng post.pcapng --identity 'payload:0+8' --worst 20 --stalls 100",
            "campaign analyse pre.pcap post.pcap --interrupts irqrecorder.csv",
            "ssh timestamper cat pre.pcap.zst | campaign analyse - post.pcap.zst --hlog latency.hlog",
            "campaign analyse --watch pre.pcap post.pcap --until-quiet 10"));
        command.SetAction((parsed, _) => RunAsync(session, options.Read(parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, AnalyseRequest request)
    {
        session.Signals.FirstNotice = request.Watch ? "Stopping: the captures are evaluated as they are now. Once more stops at once." : "Stopping.";
        var recording = request.Interrupts is { } file ? InterruptRecording.Read(file) : null;
        try
        {
            if (request.Watch)
                request = await new AnalyseWatch(session, request).FollowAsync();
            var evaluation = Evaluate(request, request.Watch ? session.Signals.Stop.Now : session.Signals.Stop.AfterStep);
            foreach (var problem in evaluation.All.Problems)
                session.Say($"warning: {problem.Message}");
            if (Offset(evaluation.All.Latencies) is { } offset)
                session.Say(offset);
            AnalyseFiles.Write(request, evaluation);
            var coincidences = recording is null ? [] : StallAttribution.Describe(evaluation.All, recording).ToImmutableArray();
            session.Write(request.Json ? AnalyseJson.Of(request, evaluation, coincidences) : AnalyseText.Of(request, evaluation, coincidences));
            return (int)ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return (int)session.Signals.InterruptedCode;
        }
    }

    // Sequential ids match across measurements: a device that delays so long and so evenly is rarer than two captures that do not belong together.
    private static string? Offset(LatencyDistribution latencies) =>
        latencies.Count > 0 && latencies.Minimum > LongDelay && latencies.Percentile(0.99) - latencies.Minimum < latencies.Minimum / EvenlyTimes
            ? $"warning: every packet took at least {new Nanoseconds(latencies.Minimum)}, and 99 % of them hardly longer. Unless the device delays them, the captures are of two measurements, or of two clocks."
            : null;

    private static PairEvaluation Evaluate(AnalyseRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return CapturePair.EvaluateBoth(request.Pre, request.Post, request.Options, cancellationToken);
        }
        catch (CaptureException e)
        {
            throw new CampaignException(e.Message, ExitCode.Definition, inner: e);
        }
        catch (IOException e)
        {
            var folder = request.Options.SpillFolder ?? Path.GetTempPath();
            throw new CampaignException(
                $"The captures could not be evaluated: {e.Message}", ExitCode.Definition,
                $"Packets that do not fit into --memory go to {folder}; name a folder with more room with --temp.", e);
        }
    }
}
