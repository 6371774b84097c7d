using System.Collections.Immutable;
using Campaign.Importing;
using Campaign.Testbeds;
using Campaign.Topology;

namespace Campaign.Analysis;

/// <summary>What a recorder saw on the CPUs that move packets, where attestation read them back; on any CPU otherwise.</summary>
/// <param name="Recording">Of those CPUs alone.</param>
/// <param name="Where">For sentences, with a blank before it: <c> on the packet CPUs 1-2</c>; empty: on any CPU.</param>
internal sealed record PacketInterrupts(InterruptRecording Recording, string Where)
{
    private const long Second = 1_000_000_000;

    public static PacketInterrupts Of(TrialAnalysis trial, InterruptRecording recording)
    {
        var read = trial.Trial.Result.Facts.LastOrDefault(f => f.Name == NodeFacts.ForwarderCpus)?.Value ?? "";
        return CpuList.TryParse(read, out var cpus) && !cpus.IsEmpty
            ? new PacketInterrupts(recording.On(cpus), $" on the packet CPUs {read}")
            : new PacketInterrupts(recording, "");
    }

    /// <summary>Interrupts, without softirqs and context switches, in each second of the trial.</summary>
    /// <param name="start">When the first packet was sent, in nanoseconds of the captures' clock.</param>
    /// <param name="seconds">How many seconds.</param>
    /// <returns>Empty when the recorder had another clock.</returns>
    public ImmutableArray<long> EachSecond(long start, int seconds)
    {
        if (!Recording.SharesClock)
        {
            return [];
        }

        var counts = new long[seconds];
        foreach (var series in Recording.Series.Where(s => s.IsInterrupt))
        {
            foreach (var (end, count) in Recording.Ends.Zip(series.Counts))
            {
                var second = (end - start - 1) / Second;
                if (end > start && second < seconds)
                {
                    counts[second] += count;
                }
            }
        }

        return [.. counts];
    }
}
