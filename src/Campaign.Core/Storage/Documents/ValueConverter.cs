using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Definition;

namespace Campaign.Storage.Documents;

/// <summary>
/// Values of the campaign language as JSON from which exactly the same value is read: a number with a point or an exponent is a float, any other is an
/// integer; a table is <c>{"map":[["key",value],…]}</c>, because the database takes keys that differ in case for one.
/// </summary>
internal sealed class ValueConverter : JsonConverter<Value>
{
    public override bool HandleNull => true;

    public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) => Write(writer, value);

    internal static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value)
        {
            case Value.Nil: writer.WriteNullValue(); break;
            case Value.Boolean boolean: writer.WriteBooleanValue(boolean.Content); break;
            case Value.Integer integer: writer.WriteNumberValue(integer.Content); break;
            case Value.Number number: WriteFloat(writer, number.Content); break;
            case Value.Text text: writer.WriteStringValue(text.Content); break;
            case Value.List list: WriteList(writer, list); break;
            case Value.Map map: WriteMap(writer, map.Entries); break;
            default: throw new NotSupportedException($"Values of the kind {value.GetType().Name} are not stored.");
        }
    }

    internal static void WriteMap(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, Value>> entries)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("map");
        foreach (var entry in entries)
        {
            WritePair(writer, entry);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    internal static void WritePair(Utf8JsonWriter writer, KeyValuePair<string, Value> entry)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(entry.Key);
        Write(writer, entry.Value);
        writer.WriteEndArray();
    }

    internal static IEnumerable<KeyValuePair<string, Value>> ReadMap(JsonElement element) => element.GetProperty("map").EnumerateArray().Select(ReadPair);

    internal static KeyValuePair<string, Value> ReadPair(JsonElement pair) => KeyValuePair.Create(pair[0].GetString()!, Read(pair[1]));

    private static Value Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => Value.Nil.Instance,
        JsonValueKind.True or JsonValueKind.False => Value.Of(element.GetBoolean()),
        JsonValueKind.String => Value.Of(element.GetString()!),
        JsonValueKind.Array => new Value.List([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.Number => IsFloat(element.GetRawText()) ? Value.Of(element.GetDouble()) : Value.Of(element.GetInt64()),
        _ => element.TryGetProperty("float", out var name)
            ? Value.Of(double.Parse(name.GetString()!, CultureInfo.InvariantCulture))
            : new Value.Map(ReadMap(element)),
    };

    private static bool IsFloat(string number) => number.AsSpan().IndexOfAny('.', 'e', 'E') >= 0;

    private static void WriteList(Utf8JsonWriter writer, Value.List list)
    {
        writer.WriteStartArray();
        foreach (var item in list.Items)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteFloat(Utf8JsonWriter writer, double number)
    {
        if (double.IsFinite(number))
        {
            writer.WriteRawValue(FloatText(number));
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("float", number.ToString("R", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    /// <summary>A finite number so that it reads as a float again: <c>2</c> is written <c>2.0</c>.</summary>
    internal static string FloatText(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return IsFloat(text) ? text : text + ".0";
    }
}
