using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Campaign.Captures;
using Campaign.Captures.Pcap;
using Campaign.Testing;

namespace Campaign.Benchmarks;

/// <summary>Reading a capture, and evaluating a pair: 1 million packets of 60 captured bytes, nanosecond pcap. Read the ratios.</summary>
[MemoryDiagnoser]
public class CaptureBenchmarks
{
    private const int Packets = 1_000_000;
    private const long Gap = 160;

    private string _folder = "";

    [GlobalSetup]
    public void Write()
    {
        _folder = Directory.CreateTempSubdirectory("campaign-benchmark-").FullName;
        var random = new Random(1);
        Write("pre.pcap", _ => 0);
        Write("post.pcap", _ => 3000 + random.Next((int)Gap));
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true, OperationsPerInvoke = Packets)]
    public long Read()
    {
        using var reader = CaptureReader.Open(Path.Combine(_folder, "pre.pcap"));
        var bytes = 0L;
        while (reader.TryRead(out var packet))
            bytes += packet.Bytes.Length;
        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    [Arguments(PacketIdentity.Moonsniff)]
    [Arguments(PacketIdentity.Hvnet)]
    public long Evaluate(PacketIdentity identity) => CapturePair.Evaluate(
        Path.Combine(_folder, "pre.pcap"), Path.Combine(_folder, "post.pcap"), new EvaluationOptions { Identity = identity }, CancellationToken.None).Matched;

    private void Write(string name, Func<int, long> delay)
    {
        Span<byte> frame = stackalloc byte[60];
        Span<byte> payload = stackalloc byte[18];
        payload[4] = 0x55;
        using var writer = new CaptureWriter(Path.Combine(_folder, name));
        for (var id = 0; id < Packets; id++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(payload, id);
            UdpFrame.Flow.Compose(frame, (ushort)id, payload);
            writer.Write(15_000_000_000 + id * Gap + delay(id), frame);
        }

        writer.Complete();
    }
}
