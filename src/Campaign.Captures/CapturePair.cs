using Campaign.Captures.Matching;

namespace Campaign.Captures;

/// <summary>A capture before and one behind the device under test, taken with one clock.</summary>
public static class CapturePair
{
    /// <summary>Matches the packets of two captures and gives every latency.</summary>
    /// <param name="pre">Path of the capture before the device.</param>
    /// <param name="post">Path of the capture behind it.</param>
    /// <param name="options">What makes two records the same packet, what is left out, how strict to be.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="CaptureException">A capture cannot be read or is damaged; the two are swapped or no pair; in strict mode, anything is wrong.</exception>
    public static LatencyEvaluation Evaluate(string pre, string post, EvaluationOptions options, CancellationToken cancellationToken)
    {
        using var before = new CaptureReader(pre);
        using var behind = new CaptureReader(post);
        return Identity(pre, post, options.Identity) == PacketIdentity.Moonsniff
            ? new PairMatcher<MoonsniffKey>(options).Evaluate(before, pre, behind, post, cancellationToken)
            : new PairMatcher<HvnetKey>(options).Evaluate(before, pre, behind, post, cancellationToken);
    }

    private static PacketIdentity Identity(string pre, string post, PacketIdentity asked) => asked switch
    {
        PacketIdentity.Automatic => CarriesMarker(pre) && CarriesMarker(post) ? PacketIdentity.Moonsniff : PacketIdentity.Hvnet,
        _ => asked,
    };

    private static bool CarriesMarker(string path)
    {
        using var reader = new CaptureReader(path);
        return reader.TryRead(out var packet) && MoonsniffKey.TryRead(packet, out _);
    }
}
