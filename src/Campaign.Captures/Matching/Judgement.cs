using System.Collections.Immutable;

namespace Campaign.Captures.Matching;

/// <summary>Whether what was found forbids an answer.</summary>
internal static class Judgement
{
    /// <exception cref="CaptureException">It does.</exception>
    public static void Of(ImmutableArray<CaptureProblem> problems, EvaluationOptions options)
    {
        if (options.Strict ? problems.Length > 0 : problems.Any(problem => !problem.LeavesTheRestUsable))
            throw new CaptureException(problems);
    }
}
