namespace Campaign.Captures.Matching;

/// <summary>What makes two records the same packet, as a value that can be looked up.</summary>
internal interface IPacketKey<TSelf> : IEquatable<TSelf>
    where TSelf : struct, IPacketKey<TSelf>
{
    /// <summary>Name for people and programs.</summary>
    static abstract string Name { get; }

    /// <summary>Takes the identity out of a packet.</summary>
    /// <returns>False when the packet has none, because it is foreign traffic.</returns>
    static abstract bool TryRead(in Packet packet, out TSelf key);

    /// <summary>The identity in hexadecimal digits.</summary>
    string ToHex();
}
