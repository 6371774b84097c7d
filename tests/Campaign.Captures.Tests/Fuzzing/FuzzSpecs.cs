using System.Diagnostics;
using System.Globalization;
using Campaign.Testing;
using Xunit;
using ZstdSharp;

namespace Campaign.Captures.Tests.Fuzzing;

/// <summary>
/// Damaged captures of every form: an answer or a <see cref="CaptureException"/>, soon, in little memory. A long run:
/// <c>CAMPAIGN_FUZZ_SECONDS=1800 CAMPAIGN_FUZZ_FORM=pcapng tests/run … --explicit only</c>. What it finds goes to the folder Corpus.
/// </summary>
public sealed class FuzzSpecs
{
    private const long MostMemory = 64 << 20;

    /// <summary>Of processor time: a machine that stands still meanwhile is no finding.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly EvaluationOptions Lenient = new() { Strict = false, Worst = 10, Threads = 2 };
    private static readonly SyntheticPair Pair = SyntheticPair.Stormy(60, 3);

    public static TheoryData<string> Forms => ["pcap", "pcapng", "mscap", "trailing", "zstd", "links"];

    public static TheoryData<string> Corpus => [.. Directory.EnumerateFiles(CorpusFolder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private static string CorpusFolder => Path.Combine(Folder(), "Corpus");

    [Theory]
    [MemberData(nameof(Forms))]
    public void Some_hundred_damaged_captures_of_each_form_are_read_or_refused(string form)
    {
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
            Try(form, random);
    }

    [Fact(Explicit = true)]
    public void As_many_damaged_captures_as_the_time_allows_are_read_or_refused()
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("CAMPAIGN_FUZZ_SECONDS") ?? "60", CultureInfo.InvariantCulture);
        var only = Environment.GetEnvironmentVariable("CAMPAIGN_FUZZ_FORM");
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("CAMPAIGN_FUZZ_SEED") ?? "2", CultureInfo.InvariantCulture));
        var clock = Stopwatch.StartNew();
        var cases = 0L;
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            foreach (var form in Forms.Where(one => only is null || one == only))
                Try(form, random);
            cases++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{cases} pairs in {clock.Elapsed}");
        File.AppendAllText(Path.Combine(Path.GetTempPath(), "campaign-fuzz.log"), string.Create(CultureInfo.InvariantCulture, $"{only ?? "all"}: {cases} pairs in {clock.Elapsed}, no finding\n"));
    }

    [Theory]
    [MemberData(nameof(Corpus))]
    public void What_was_found_once_stays_read_or_refused(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(CorpusFolder, name));
        Check(bytes, new CapturePen().Draw(Pair.Post), name);
        Check(new CapturePen().Draw(Pair.Pre), bytes, name);
    }

    private static void Try(string form, Random random)
    {
        var (pre, post) = Draw(form, random);
        var damagePre = random.Next(3) != 0;
        Check(damagePre ? Mutation.Of(pre, post, random) : pre, damagePre && random.Next(2) == 0 ? post : Mutation.Of(post, pre, random), form);
    }

    private static (byte[] Pre, byte[] Post) Draw(string form, Random random)
    {
        Func<IEnumerable<Sighting>, byte[]> draw = form switch
        {
            "pcap" => new CapturePen(random.Next(4) > 0, random.Next(4) == 0).Draw,
            "pcapng" => packets => FormPens.Pcapng(packets, random.Next(2) == 0, random.Next(2) == 0 ? (byte)9 : (byte)12),
            "mscap" => packets => FormPens.Mscap(packets, wraps: true),
            "trailing" => FormPens.Trailing,
            "links" => Links(random.Next(7)),
            _ => Packed,
        };
        return (draw(Pair.Pre), draw(Pair.Post));
    }

    private static Func<IEnumerable<Sighting>, byte[]> Links(int kind) => packets => kind switch
    {
        0 => FormPens.Pcap(packets, 1, id => FormPens.Tagged(id, 0x8100)),
        1 => FormPens.Pcap(packets, 1, id => FormPens.Tagged(id, 0x88A8, 0x8100)),
        2 => FormPens.Pcap(packets, 1, id => FormPens.IPv6(id, extended: true)),
        3 => FormPens.Pcap(packets, 1, FormPens.Tcp),
        4 => FormPens.Pcap(packets, 113, id => FormPens.Cooked(id, second: false)),
        5 => FormPens.Pcap(packets, 276, id => FormPens.Cooked(id, second: true)),
        _ => FormPens.Pcap(packets, 101, id => FormPens.IPv6(id)[14..]),
    };

    private static byte[] Packed(IEnumerable<Sighting> packets)
    {
        using var compressor = new Compressor();
        return compressor.Wrap(new CapturePen().Draw(packets)).ToArray();
    }

    private static void Check(byte[] pre, byte[] post, string form)
    {
        var options = Lenient with { Growing = (pre.Length + post.Length) % 2 == 0 };
        var start = Environment.CpuUsage.TotalTime;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var streamed = Outcome(() => CapturePair.EvaluateBoth(new MemoryStream(pre), new MemoryStream(post), options, CancellationToken.None));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
            using var folder = new TempFolder();
            File.WriteAllBytes(folder["pre"], pre);
            File.WriteAllBytes(folder["post"], post);
            Assert.Equal(streamed, Outcome(() => CapturePair.EvaluateBoth(folder["pre"], folder["post"], options, CancellationToken.None)));
            Assert.InRange(Environment.CpuUsage.TotalTime - start, TimeSpan.Zero, Longest);
        }
        catch (Exception e)
        {
            var found = Directory.CreateTempSubdirectory($"campaign-fuzz-{form}-").FullName;
            File.WriteAllBytes(Path.Combine(found, "pre"), pre);
            File.WriteAllBytes(Path.Combine(found, "post"), post);
            throw new InvalidOperationException($"Found with the files in {found}: {e}", e);
        }
    }

    /// <summary>What is told, in short; the kinds of problems when the pair is refused.</summary>
    private static string Outcome(Func<PairEvaluation> evaluate)
    {
        try
        {
            var all = evaluate().All;
            Assert.Equal(all.Pre.Packets, all.Matched + all.Lost + all.OutsideWindow + all.DuplicatesPre + (all.Foreign - ForeignBehind(all)));
            return $"{Truth.Of(all)} {string.Join(',', all.Seconds)} {string.Join(',', all.Problems.Select(problem => problem.Kind))}";
        }
        catch (CaptureException e)
        {
            Assert.NotEmpty(e.Problems);
            return string.Join(',', e.Problems.Select(problem => (problem.Kind, problem.Offset)));
        }
    }

    private static long ForeignBehind(LatencyEvaluation all) =>
        all.Post.Packets - all.Matched - all.OutsideWindow - all.DuplicatesPost - all.UnmatchedPost - all.AmbiguousPost;

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
