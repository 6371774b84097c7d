using System.Collections.Immutable;
using System.Formats.Tar;
using Campaign.Analysis;
using Campaign.Definition;
using Campaign.Importing;
using Campaign.Storage;
using Campaign.Testing;

namespace Campaign.Tests.Importing;

/// <summary>The 504 published result sets, read once for all tests.</summary>
internal static class Corpus
{
    /// <summary>The verdicts that are known of it.</summary>
    public static readonly ImmutableArray<(string Rule, string Verdict)> Gates =
    [
        ("compare platform container vs bare-metal where kernel=rt,tuning=optimized : p99.999 equivalent within 5% at 95%", "pass"),
        ("compare platform container vs vm where kernel=nohz,tuning=optimized : p99.999 equivalent within 5% at 95%", "fail"),
        ("compare platform container vs vm where kernel=nohz,tuning=optimized : max no-worse-than +5% at 95%", "fail"),
        ("compare platform container vs bare-metal where kernel=rt,tuning=optimized : p99.9 equivalent within 5% at 95%", "inconclusive"),
        ("compare platform container vs vm where kernel=rt,tuning=optimized : p99.9 equivalent within 5% at 95%", "inconclusive"),
    ];

    private static readonly Lazy<StoredSweep> Read = new(() => new Reading().Sweep);
    private static readonly Lazy<SweepAnalysis> Analysed = new(() => Analyst.Analyse(Read.Value));

    public static string Archive => TestData.Path("corpus/containerized-low-latency.tar");

    public static StoredSweep Sweep => Archive.Length > 0 ? Read.Value : throw new InvalidOperationException();

    public static SweepAnalysis Analysis => Archive.Length > 0 ? Analysed.Value : throw new InvalidOperationException();

    /// <summary>Cells by the words of a published folder, such as <c>container/rt/optimized</c>.</summary>
    public static IEnumerable<CellAnalysis> Of(params string[] words) => Analysis.Cells.Where(c => words.All(w => c.Values.Any(v => v.Value == Value.Of(w))));

    private sealed class Reading
    {
        public Reading()
        {
            using var folder = new TempFolder();
            TarFile.ExtractToDirectory(Archive, folder.Path, overwriteFiles: false);
            // Not through the database: other tests do that, and 504 sets take a while.
            var found = HvnetImport.Find(
                folder["measurements"], "itc35", new ImportOrigin([.. Gates.Select(g => g.Rule)], new Provenance("0", "", false, "campaign import", "", "", []), SweepSamples.Start));
            var trials = new StoredTrial[found.Sets.Length];
            Parallel.For(0, trials.Length, i => trials[i] = HvnetImport.Read(found.Sweep, found.Sweep.Trials[i], found.Sets[i]));
            Sweep = new StoredSweep(folder.Path, found.Sweep, [.. trials]);
        }

        public StoredSweep Sweep { get; }
    }
}
