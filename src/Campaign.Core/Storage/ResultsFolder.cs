using System.Globalization;
using Campaign.Conducting;
using Campaign.Definition;

namespace Campaign.Storage;

/// <summary>Where everything of a results folder lies. Paths only: no content is read, nothing is created.</summary>
/// <param name="Root">The results folder, as it was named.</param>
internal sealed record ResultsFolder(string Root)
{
    /// <summary>The database: sweeps, trials, journal, distributions.</summary>
    public string Database => Path.Combine(Root, "campaign.db");

    /// <summary>The database's write-ahead log, under the name that LiteDB gives it; empty unless a writer is at work or was killed.</summary>
    public string DatabaseLog => Path.Combine(Root, "campaign-log.db");

    /// <summary>Held by the one process that writes.</summary>
    public string Lock => Path.Combine(Root, "campaign.lock");

    /// <summary>Says for people who holds <see cref="Lock"/>; of no meaning when nobody does.</summary>
    public string Writer => Path.Combine(Root, "campaign.writer");

    /// <summary>Counts the changes of the database; see <see cref="Storage.Database.Generation"/>.</summary>
    public string Generation => Path.Combine(Root, "campaign.generation");

    /// <summary>Holds the snapshot, the trials' folders, and the report.</summary>
    public string Sweep(SweepRecord sweep) => Path.Combine(Root, sweep.Campaign, sweep.Id);

    /// <summary>What the sweep was made of: campaign file, modules, templates, parameters, plan.</summary>
    public string Snapshot(SweepRecord sweep) => Path.Combine(Sweep(sweep), "snapshot");

    /// <summary>
    /// Everything about one trial. Its name is place and id (<c>0007-1a2b3c4d5e</c>): it sorts in the order of execution, is the same in every shard,
    /// and needs no quoting in a shell. As many digits as the sweep's last place needs, at least four.
    /// </summary>
    /// <param name="sweep">Sweep with all of its trials.</param>
    /// <param name="position">0-based place in the order of execution of the whole sweep.</param>
    /// <param name="trialId">The trial's id.</param>
    public string Trial(SweepRecord sweep, int position, string trialId)
    {
        var digits = Math.Max(4, sweep.Trials.Length.ToString(CultureInfo.InvariantCulture).Length);
        var place = (position + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        return Path.Combine(Sweep(sweep), $"{place}-{trialId}");
    }

    /// <summary>Files that the trial put on hosts.</summary>
    public static string Rendered(string trialFolder) => Path.Combine(trialFolder, "rendered");

    /// <summary>What processes of the trial said.</summary>
    public static string Logs(string trialFolder) => Path.Combine(trialFolder, "logs");

    /// <summary>Captures before and behind the device under test.</summary>
    public static string Captures(string trialFolder) => Path.Combine(trialFolder, "captures");

    /// <summary>What the interrupt recorder wrote, when one ran: in the folder of the captures or beside it.</summary>
    public static string? Interrupts(string trialFolder) =>
        new[] { trialFolder, Captures(trialFolder), Logs(trialFolder) }.Select(f => Path.Combine(f, "interrupts.csv")).FirstOrDefault(File.Exists);

    /// <summary>The percentiles in HdrHistogram's text form.</summary>
    public static string Histogram(string trialFolder) => Path.Combine(trialFolder, "latency.hgrm");

    /// <summary>The latencies of each second in HdrHistogram's log form.</summary>
    public static string Seconds(string trialFolder) => Path.Combine(trialFolder, TrialFolder.SecondsName);

    /// <summary>The largest latencies with their timestamps.</summary>
    public static string Worst(string trialFolder) => Path.Combine(trialFolder, "worst.csv");

    /// <summary>
    /// Name of a rendered file, relative to the trial's folder: <c>rendered/dut/etc/hostname</c>. Parts that would lead out of the folder are
    /// written as words.
    /// </summary>
    public static string RenderedName(HostFile file) =>
        string.Join('/', ["rendered", Part(file.Host), .. file.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Part)]);

    private static string Part(string part) => part switch
    {
        "" => "unnamed",
        "." => "dot",
        ".." => "dot-dot",
        _ => part.Replace('/', '_'),
    };
}
