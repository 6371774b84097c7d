namespace Campaign.Definition;

/// <summary>
/// Remembers what a pure function answered, by the values that it read. Which value it reads next depends only on those it has read before, so its
/// answers form a tree: each node names a value to look at, each leaf is an answer.
/// </summary>
internal sealed class AnswerTree
{
    private readonly Dictionary<Value, AnswerTree> _next = [];
    private string? _name;
    private bool _answered;
    private object? _answer;

    /// <returns>Whether the function has been asked so before.</returns>
    public bool TryFind(Cell cell, out object? answer)
    {
        var node = this;
        while (node is { _answered: false, _name: { } name } && node._next.TryGetValue(cell[name], out var next))
        {
            node = next;
        }

        answer = node._answer;
        return node._answered;
    }

    /// <summary>Keeps an answer.</summary>
    /// <param name="cell">The cell that was asked about.</param>
    /// <param name="reads">Names that were read, in their order.</param>
    /// <param name="answer">What came back.</param>
    public void Add(Cell cell, IEnumerable<string> reads, object? answer)
    {
        var node = this;
        foreach (var name in reads.Distinct())
        {
            node._name ??= name;
            if (node._name != name)
            {
                // The function read something else than before: it is not pure, and nothing is kept.
                return;
            }

            var value = cell[name];
            node = node._next.TryGetValue(value, out var next) ? next : node._next[value] = new AnswerTree();
        }

        (node._answered, node._answer) = (true, answer);
    }
}
