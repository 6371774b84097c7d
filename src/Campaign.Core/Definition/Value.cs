using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Campaign.Definition;

/// <summary>
/// A value of the campaign language as immutable data: what axes, parameters, template arguments and answers of a
/// campaign's functions are made of. Match on the concrete type. Equality is by content.
/// </summary>
internal abstract record Value
{
    private Value()
    {
    }

    /// <summary>
    /// The one text of a value that identities are made of: JSON with sorted keys, in which a number that is whole is
    /// written without a point, so that <c>1e6</c> and <c>1000000</c> are the same cell.
    /// </summary>
    public string Canonical
    {
        get
        {
            var text = new StringBuilder();
            WriteCanonical(text);
            return text.ToString();
        }
    }

    /// <summary>The number that it is; null for anything else.</summary>
    public double? AsNumber => this switch
    {
        Integer { Content: var whole } => whole,
        Number { Content: var number } => number,
        _ => null,
    };

    /// <summary>Text for people, templates and filters: strings without quotes, otherwise <see cref="Canonical"/>.</summary>
    public sealed override string ToString() => this is Text { Content: var content } ? content : Canonical;

    protected abstract void WriteCanonical(StringBuilder text);

    public static Value Of(bool value) => new Boolean(value);

    public static Value Of(long value) => new Integer(value);

    public static Value Of(double value) => new Number(value);

    public static Value Of(string value) => new Text(value);

    /// <summary>Lua's <c>nil</c>: nothing there.</summary>
    public sealed record Nil : Value
    {
        public static readonly Nil Instance = new();

        protected override void WriteCanonical(StringBuilder text) => text.Append("null");
    }

    /// <summary>true or false.</summary>
    public sealed record Boolean(bool Content) : Value
    {
        protected override void WriteCanonical(StringBuilder text) => text.Append(Content ? "true" : "false");
    }

    /// <summary>A Lua integer, 64 bits.</summary>
    public sealed record Integer(long Content) : Value
    {
        protected override void WriteCanonical(StringBuilder text) => text.Append(CultureInfo.InvariantCulture, $"{Content}");
    }

    /// <summary>A Lua float. It stays one, though <see cref="Value.Canonical"/> writes 2.0 as 2.</summary>
    public sealed record Number(double Content) : Value
    {
        private const double LargestExact = 9007199254740992;

        protected override void WriteCanonical(StringBuilder text) =>
            text.Append(Content == Math.Floor(Content) && Math.Abs(Content) < LargestExact
                ? ((long)Content).ToString(CultureInfo.InvariantCulture)
                : Content.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>A string.</summary>
    public sealed record Text(string Content) : Value
    {
        protected override void WriteCanonical(StringBuilder text) =>
            text.Append('"').Append(System.Text.Json.JsonEncodedText.Encode(Content)).Append('"');
    }

    /// <summary>A table with exactly the keys 1..n.</summary>
    public sealed record List(ImmutableArray<Value> Items) : Value
    {
        public bool Equals(List? other) => other is not null && Items.SequenceEqual(other.Items);

        public override int GetHashCode() => Items.Aggregate(Items.Length, HashCode.Combine);

        protected override void WriteCanonical(StringBuilder text)
        {
            text.Append('[');
            for (var i = 0; i < Items.Length; i++)
            {
                text.Append(i == 0 ? "" : ",");
                Items[i].WriteCanonical(text);
            }

            text.Append(']');
        }
    }

    /// <summary>Any other table, sorted by ordinal key, so that the order of <c>pairs</c> never shows.</summary>
    public sealed record Map : Value
    {
        public Map(IEnumerable<KeyValuePair<string, Value>> entries) =>
            Entries = entries.ToImmutableSortedDictionary(StringComparer.Ordinal);

        public ImmutableSortedDictionary<string, Value> Entries { get; }

        public Value this[string key] => Entries.GetValueOrDefault(key, Nil.Instance);

        public bool Equals(Map? other) => other is not null && Entries.SequenceEqual(other.Entries);

        public override int GetHashCode() => Entries.Aggregate(Entries.Count, (hash, e) => HashCode.Combine(hash, e.Key, e.Value));

        protected override void WriteCanonical(StringBuilder text)
        {
            text.Append('{');
            var first = true;
            foreach (var (key, value) in Entries)
            {
                text.Append(first ? "\"" : ",\"").Append(System.Text.Json.JsonEncodedText.Encode(key)).Append("\":");
                value.WriteCanonical(text);
                first = false;
            }

            text.Append('}');
        }
    }
}
