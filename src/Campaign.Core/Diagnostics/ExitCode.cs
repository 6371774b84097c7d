namespace Campaign.Diagnostics;

/// <summary>What the program's exit code says; printed by <c>--help</c>.</summary>
internal enum ExitCode
{
    /// <summary>Every requested trial is valid, every gate passed.</summary>
    Success = 0,

    /// <summary>An internal error.</summary>
    Internal = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>An error in a campaign, testbed, template or capture file.</summary>
    Definition = 3,

    /// <summary>Finished, but some trials failed.</summary>
    TrialsFailed = 4,

    /// <summary>A gate failed.</summary>
    GateFailed = 5,

    /// <summary>The testbed is not available, or trials are invalid by attestation.</summary>
    Testbed = 6,

    /// <summary>Nothing was selected or nothing was measured.</summary>
    Nothing = 7,

    /// <summary>A gate is inconclusive and <c>--inconclusive=fail</c> was given.</summary>
    Inconclusive = 8,

    /// <summary>The testbed or the results folder is in use by another process; try again later.</summary>
    Busy = 75,

    /// <summary>Interrupted by SIGINT; the sweep can be resumed.</summary>
    Interrupted = 130,

    /// <summary>Ended by SIGTERM; the sweep can be resumed.</summary>
    Terminated = 143,
}
