namespace Campaign.Testbeds;

/// <summary>What a driver is handed by the program.</summary>
/// <param name="Print">Takes lines for people; the dry testbed says there what it would do.</param>
/// <param name="Program">Path of the <c>campaign</c> executable, whose hidden verb <c>wire</c> the local testbed starts; a <c>.dll</c> is started with <c>dotnet</c>.</param>
/// <param name="Seed">The sweep's seed, for everything random in a simulation.</param>
/// <param name="Time">Wall clock, delays and time limits.</param>
/// <param name="Say">Takes lines about what takes long, for people.</param>
internal sealed record OpenOptions(Action<string> Print, Action<string> Say, string Program, long Seed, TimeProvider Time)
{
    /// <summary>The folder in which testbeds are reserved; null: a private one of this user, the same for all of his programs.</summary>
    public string? Locks { get; init; }
}
