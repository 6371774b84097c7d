namespace Campaign.Testbeds.Ssh;

/// <summary>How a host is reached, and how it proves that it is the one.</summary>
/// <param name="Name">The host's name in the testbed, for messages.</param>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="User">Who logs in.</param>
/// <param name="Key">The key that logs in.</param>
/// <param name="HostKey">The only public key that the host may show.</param>
internal sealed record SshAddress(string Name, string Host, int Port, string User, SshIdentity Key, byte[] HostKey);
