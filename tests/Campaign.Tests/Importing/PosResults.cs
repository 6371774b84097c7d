using System.Globalization;
using Campaign.Importing;
using Campaign.Importing.Pos;
using Campaign.Storage;
using Campaign.Testing;

namespace Campaign.Tests.Importing;

/// <summary>A small result folder, written as pos does it since 2025: <c>scripts</c>, <c>files</c>, <c>energy</c> and <c>config</c> by node.</summary>
internal sealed class PosResults : IDisposable
{
    public const string Time = "2026-06-30_16-35-26_707763";

    private const string Command = "2026-06-30_16-48-11_063266_measure";

    private readonly TempFolder _folder = new();

    public string Path => _folder[$"user/default/{Time}"];

    /// <summary>Everything that is there to import; holds the result folder at some depth.</summary>
    public string Above => _folder["user"];

    public ResultsFolder Results => new(_folder["results"]);

    public void Write(string name, string content) => _folder.Write($"user/default/{Time}/{name}", content);

    /// <summary>A file that pos wrote for the command that was looped.</summary>
    public void Script(string node, int run, string extension, string content) => Write($"scripts/{node}/{Command}_run{Number(run)}.{extension}", content);

    /// <summary>A run with its loop file, that finished on one node and left a log of MoonGen's counters.</summary>
    public void Run(int run, string loop, long received = 90)
    {
        Script("loadgen", run, "loop", loop);
        Script("loadgen", run, "status", "finished");
        Write($"files/loadgen/throughput_run{Number(run)}.log", Log(100, received));
    }

    /// <summary>As MoonGen prints it at its end, with its colours.</summary>
    public static string Log(long sent, long received) => string.Create(CultureInfo.InvariantCulture, $"""
        EAL: Probing VFIO support...
        {"\e"}[1;36m[Device: id=1] RX{"\e"}[0m: 0.3863 (StdDev 0.0730) Mpps, 803.48 (StdDev 152) Mbit/s (865.29 Mbit/s with framing), total {received} packets with 6800 bytes (incl. CRC)
        {"\e"}[0;34m[Device: id=0] TX{"\e"}[0m: 0.3845 (StdDev nan) Mpps, 799.69 (StdDev 153) Mbit/s (861.21 Mbit/s with framing), total {sent} packets with 6800 bytes (incl. CRC)

        """);

    public SweepRecord Store(string? folder = null) => StoreAll(folder ?? Path).Single();

    public SweepRecord[] StoreAll(string folder)
    {
        var found = Find(folder);
        using var writer = ResultsWriter.Open(Results, TimeProvider.System);
        return [.. found.Select(s => PosImport.Run(s, writer))];
    }

    public static IEnumerable<PosSweep> Find(string folder) =>
        PosImport.Find(folder, "small", new ImportOrigin([], new Provenance("0", "", false, "campaign import pos", "", "", []), SweepSamples.Start)).Sweeps;

    public StoredSweep Import()
    {
        var sweep = Store();
        using var reader = ResultsReader.Open(Results);
        return reader.Load(sweep.Id);
    }

    public void Dispose() => _folder.Dispose();

    private static string Number(int run) => run.ToString("00", CultureInfo.InvariantCulture);
}
