using Campaign.Captures.Pcap;
using Campaign.Definition;
using Campaign.Testbeds.Wire;

namespace Campaign.Testbeds.Dry;

/// <summary>Plays the packets of a trial through a <see cref="LatencyModel"/>, in the order of their departure.</summary>
internal sealed class SimulatedTraffic(LatencyModel model, Randomness chance)
{
    /// <summary>Sends packets at their times; each comes out after the node's time for it, never before the one in front, and not during a stall.</summary>
    /// <param name="count">Packets.</param>
    /// <param name="rate">Packets per second.</param>
    /// <param name="start">Nanoseconds since 1970 at which the first departs.</param>
    /// <returns>Departure and arrival of each packet in nanoseconds; the arrival is null when it was lost.</returns>
    public IEnumerable<(long Departure, long? Arrival)> Play(long count, double rate, long start)
    {
        var interval = 1e9 / rate;
        var (before, stallStart, stallEnd) = (0.0, Next(0), 0.0);
        stallEnd = stallStart + Length();
        for (var i = 0L; i < count; i++)
        {
            var departure = i * interval;
            var arrival = departure + chance.Lognormal(model.Median, model.Sigma);
            while (stallEnd < arrival)
            {
                stallStart = Next(stallEnd);
                stallEnd = stallStart + Length();
            }

            arrival = Math.Max(arrival, arrival >= stallStart ? stallEnd : 0);
            arrival = Math.Max(arrival, before + model.Service);
            var lost = (arrival - departure) * rate / 1e9 > model.Queue;
            before = lost ? before : arrival;
            yield return (start + (long)departure, lost ? null : start + (long)arrival);
        }
    }

    /// <summary>Writes what <see cref="Play"/> gives as two captures.</summary>
    public void Record(string pre, string post, long count, TrafficOptions traffic, long start)
    {
        var frame = new ProbeFrame(traffic.Size, destination: 319, [.. Enumerable.Range(10_000, traffic.Flows)]);
        var payload = new byte[frame.PayloadLength];
        using var before = new CaptureWriter(pre);
        using var behind = new CaptureWriter(post);
        var sequence = 0L;
        foreach (var (departure, arrival) in Play(count, traffic.Rate, start))
        {
            ProbePayload.Write(payload, sequence, departure);
            var bytes = frame.Compose(sequence++, payload);
            before.Write(departure, bytes, frame.Length);
            if (arrival is { } time)
                behind.Write(time, bytes, frame.Length);
        }

        before.Complete();
        behind.Complete();
    }

    private double Rate => model.StallsPerSecond + model.RecordingsPerSecond;

    private double Next(double after) => after + (Rate > 0 ? chance.Exponential(1e9 / Rate) : double.PositiveInfinity);

    private double Length() => chance.Uniform() * Rate <= model.RecordingsPerSecond
        ? LatencyModel.RecordingStall
        : chance.Lognormal(model.StallMedian, model.StallSigma);
}
