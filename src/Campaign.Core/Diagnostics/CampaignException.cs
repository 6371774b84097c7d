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

    /// <summary>Mistakes in files that a person wrote, reported together; exit code <see cref="ExitCode.Definition"/>.</summary>
    public CampaignException(ImmutableArray<Diagnostic> diagnostics)
        : base(string.Join('\n', diagnostics))
    {
        Code = ExitCode.Definition;
        Diagnostics = diagnostics;
    }

    public ExitCode Code { get; }

    public string? Hint { get; }

    /// <summary>Empty when the exception is not about a file that a person wrote.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = [];
}
