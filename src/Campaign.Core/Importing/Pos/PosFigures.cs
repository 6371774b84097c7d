using System.Collections.Immutable;
using System.Globalization;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Diagnostics;

namespace Campaign.Importing.Pos;

/// <summary>What a run's files say beside latencies: MoonGen's counters, energy, interrupts.</summary>
/// <param name="Metrics">Names begin with what the file is called.</param>
/// <param name="Interrupts">Recordings of HVNet's interrupt recorder.</param>
/// <param name="Remarks">What cannot be used, in sentences.</param>
internal sealed record PosFigures(ImmutableArray<Metric> Metrics, ImmutableArray<PosFile> Interrupts, ImmutableArray<string> Remarks)
{
    private const string InterruptTime = "timestamp_us";

    /// <param name="tree">The run's.</param>
    /// <param name="run">The run.</param>
    public static PosFigures Of(PosTree tree, PosRun run)
    {
        var (metrics, interrupts, remarks) = (ImmutableArray.CreateBuilder<Metric>(), ImmutableArray.CreateBuilder<PosFile>(), ImmutableArray.CreateBuilder<string>());
        foreach (var file in run.Files.Where(f => f.Length > 0))
        {
            try
            {
                if (file.Extension is ".log" or ".txt" or ".out" or ".stdout")
                {
                    Counters(tree, file, metrics, remarks);
                }
                else if (file.Extension == ".csv")
                {
                    Table(tree, file, metrics, interrupts, remarks);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CampaignException)
            {
                remarks.Add($"{file.Where} cannot be used: {e.Message}");
            }
        }

        return new PosFigures(metrics.ToImmutable(), interrupts.ToImmutable(), remarks.ToImmutable());
    }

    private static void Counters(PosTree tree, PosFile file, ImmutableArray<Metric>.Builder metrics, ImmutableArray<string>.Builder remarks)
    {
        var statistics = MoonGenStatistics.Read(Lines(file.Path));
        metrics.AddRange(statistics.Metrics(tree.TitleOf(file)));
        if (!statistics.Unfinished.IsEmpty)
        {
            remarks.Add($"{file.Where} has no totals of {string.Join(", ", statistics.Unfinished)}: MoonGen did not come to its end.");
        }

        if (statistics is { Sent: { } sent, Received: { } received } && received > sent)
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{file.Where} counts {received - sent} packets more received than sent: there was other traffic, and its loss is not known."));
        }
    }

    private static void Table(
        PosTree tree, PosFile file, ImmutableArray<Metric>.Builder metrics, ImmutableArray<PosFile>.Builder interrupts, ImmutableArray<string>.Builder remarks)
    {
        var header = CaptureArchive.ReadLines(file.Path).FirstOrDefault("");
        if (PosEnergy.Is(header))
        {
            metrics.AddRange(PosEnergy.Read(file.Path, tree.TitleOf(file), out var why));
            if (why.Length > 0)
            {
                remarks.Add($"{file.Where} {why}.");
            }
        }
        else if (header.Contains(';', StringComparison.Ordinal) && header.Contains(InterruptTime, StringComparison.Ordinal))
        {
            // The report reads it again: what it could not read must not get there.
            InterruptRecording.Read(file.Path);
            interrupts.Add(file);
        }
    }

    // What pos itself stored of a command in 2020 is one long line of Python.
    private static IEnumerable<string> Lines(string path)
    {
        var lines = CaptureArchive.ReadLines(path);
        return PythonBytes.Looks(lines.FirstOrDefault("")) ? PythonBytes.Decode(File.ReadAllText(path)).Split('\n') : lines;
    }
}
