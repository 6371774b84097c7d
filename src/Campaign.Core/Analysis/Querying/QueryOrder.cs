using Campaign.Definition;

namespace Campaign.Analysis.Querying;

/// <summary>The order of rows by one field: numbers before text, what is missing last, whichever the direction.</summary>
/// <param name="Field">Compared.</param>
/// <param name="IsDescending">Largest first.</param>
internal sealed record QueryOrder(QueryField Field, bool IsDescending) : IComparer<Value>
{
    public int Compare(Value? x, Value? y)
    {
        var (left, right) = (Rank(x!), Rank(y!));
        var order = left != right || x is Value.Nil ? left - right : (IsDescending ? -1 : 1) * Among(x!, y!);
        return order;
    }

    private static int Among(Value x, Value y) => x.AsNumber is { } left && y.AsNumber is { } right ? left.CompareTo(right) : string.CompareOrdinal(x.ToString(), y.ToString());

    private static int Rank(Value value) => value is Value.Nil ? 2 : value.AsNumber is null ? 1 : 0;
}
