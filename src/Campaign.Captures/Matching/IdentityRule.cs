using Campaign.Captures.Pcap;

namespace Campaign.Captures.Matching;

/// <summary>What makes two records the same packet.</summary>
internal abstract class IdentityRule
{
    /// <summary>Stable name: <c>hvnet</c>, <c>moonsniff</c>, <c>flows</c> or where the bytes are.</summary>
    public abstract string Name { get; }

    /// <summary>The longest key.</summary>
    public abstract int KeyLength { get; }

    /// <summary>Whether keys say which flow a packet belongs to.</summary>
    public virtual bool HasFlows => false;

    /// <summary>The flow of a key: source port in the upper half, destination port in the lower; 0 without flows.</summary>
    public virtual uint FlowOf(ReadOnlySpan<byte> key) => 0;

    /// <summary>Writes the packet's identity.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="key">At least <see cref="KeyLength"/> bytes.</param>
    /// <returns>The key's length; 0 when the packet has no identity.</returns>
    public abstract int Identify(in Packet packet, Span<byte> key);
}
