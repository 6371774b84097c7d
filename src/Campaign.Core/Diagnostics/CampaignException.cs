using System.Collections.Immutable;

namespace Campaign.Diagnostics;

/// <summary>Ends the program: what to say, with which exit code, and what the user can do next.</summary>
internal sealed class CampaignException : Exception
{
    public CampaignException(string message, ExitCode code, string? hint = null, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
        Hint = hint;
    }

    /// <summary>Mistakes in what a person wrote, reported together.</summary>
    /// <param name="diagnostics">At least one.</param>
    /// <param name="code"><see cref="ExitCode.Definition"/> for files, <see cref="ExitCode.Usage"/> for the command line.</param>
    public CampaignException(ImmutableArray<Diagnostic> diagnostics, ExitCode code = ExitCode.Definition)
        : base(string.Join('\n', diagnostics))
    {
        Code = code;
        Diagnostics = diagnostics;
    }

    public ExitCode Code { get; }

    public string? Hint { get; }

    /// <summary>Empty when the exception is not about places in what a person wrote.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = [];
}
