using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Definition;

namespace Campaign.Storage.Documents;

/// <summary>A name with its value: <c>["kernel","rt"]</c>.</summary>
internal sealed class NamedValueConverter : JsonConverter<KeyValuePair<string, Value>>
{
    public override KeyValuePair<string, Value> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return ValueConverter.ReadPair(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, KeyValuePair<string, Value> value, JsonSerializerOptions options) =>
        ValueConverter.WritePair(writer, value);
}

/// <summary>Values by name: a list of such pairs, for the same reason as a table is one.</summary>
internal sealed class ValuesByNameConverter : JsonConverter<ImmutableSortedDictionary<string, Value>>
{
    public override ImmutableSortedDictionary<string, Value> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return ValueConverter.ReadMap(document.RootElement).ToImmutableSortedDictionary();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, Value> value, JsonSerializerOptions options) =>
        ValueConverter.WriteMap(writer, value);
}
