using System.Collections.Immutable;

namespace Campaign.Captures;

/// <summary>A capture, or a pair of them, that is not evaluated. The message names the file, the offset and what to do.</summary>
public sealed class CaptureException : Exception
{
    /// <param name="message">Whole sentences: what is wrong, where, what to do.</param>
    public CaptureException(string message) : base(message)
    {
    }

    /// <param name="problems">At least one; the message lists them all.</param>
    public CaptureException(ImmutableArray<CaptureProblem> problems) : base(Describe(problems)) => Problems = problems;

    internal CaptureException(CaptureProblemKind kind, string path, string message, long offset = -1)
        : this([new CaptureProblem(kind, path, offset, message)])
    {
    }

    /// <summary>What was found, one by one; empty when the exception was made from a message alone.</summary>
    public ImmutableArray<CaptureProblem> Problems { get; } = [];

    private static string Describe(ImmutableArray<CaptureProblem> problems) =>
        problems is [var only]
            ? only.Message
            : $"The captures are not evaluated, for {problems.Length} reasons:\n" + string.Join('\n', problems.Select(p => "- " + p.Message));
}
