namespace Campaign;

/// <summary>What the flow is told of the program that it runs in.</summary>
/// <param name="Version">Version and git commit.</param>
/// <param name="CommandLine">As typed.</param>
/// <param name="Executable">Path of the program, which testbeds start again as load generator, forwarder and timestamper.</param>
/// <param name="Print">Takes the lines that a dry testbed prints.</param>
/// <param name="Say">Takes lines about what takes long, for people.</param>
internal sealed record ProgramFacts(string Version, string CommandLine, string Executable, Action<string> Print, Action<string> Say);
