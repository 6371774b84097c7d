using System.Text;
using Campaign.Captures;
using Campaign.Captures.Outputs;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;

namespace Campaign.Cli.Commands;

/// <summary>The files that <c>analyse</c> writes for other programs.</summary>
internal static class AnalyseFiles
{
    /// <exception cref="CampaignException">A file cannot be written.</exception>
    public static void Write(AnalyseRequest request, PairEvaluation evaluation)
    {
        if (request.Hgrm is { } hgrm)
            Write(hgrm, writer => writer.Write(PercentileText.Of(evaluation.All.Latencies)));
        if (request.Hlog is { } hlog)
            Write(hlog, writer => WriteLog(writer, request, evaluation));
        if (request.Hvnet is not { } folder)
            return;

        if (evaluation.All.Latencies.Count == 0)
            throw new CampaignException("HVNet's files divide by packets, and none was matched. Leave --hvnet out.", ExitCode.Nothing);
        var name = request.Pre == "-" ? "stdin" : Path.GetFileName(request.Pre);
        foreach (var (suffix, content) in HvnetCsv.Files(evaluation))
            Write(Path.Combine(folder, name + suffix), writer => writer.Write(content));
    }

    private static void WriteLog(TextWriter writer, AnalyseRequest request, PairEvaluation evaluation)
    {
        const long nanosecondsPerTick = 100;
        var start = DateTimeOffset.UnixEpoch.AddTicks(evaluation.All.Pre.FirstTimestamp / nanosecondsPerTick);
        var log = new HistogramLog(writer, start, request.Tag, $"{ProgramVersion.Text}, {evaluation.All.Pre.Path} and {evaluation.All.Post.Path}");
        for (var second = 0; second < evaluation.Seconds.Length; second++)
            log.Write(start.AddSeconds(second), TimeSpan.FromSeconds(1), evaluation.Seconds[second]);
    }

    private static void Write(string path, Action<TextWriter> write)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            write(writer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CampaignException($"{path} cannot be written: {e.Message}", ExitCode.Usage, inner: e);
        }
    }
}
