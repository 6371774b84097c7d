using System.Buffers;
using System.Text.Json;
using LiteDB;

namespace Campaign.Storage.Documents;

/// <summary>
/// JSON to documents of the database and back, without loss: integers stay 64-bit integers, anything with a point or an exponent is a double. LiteDB's own mapper is not
/// used: it trims strings, turns empty ones into null, and has global state.
/// </summary>
internal static class BsonJson
{
    public static BsonValue ToBson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => BsonValue.Null,
        JsonValueKind.True or JsonValueKind.False => new BsonValue(element.GetBoolean()),
        JsonValueKind.String => new BsonValue(element.GetString()!),
        JsonValueKind.Number => Number(element),
        JsonValueKind.Array => new BsonArray(element.EnumerateArray().Select(ToBson)),
        _ => new BsonDocument(element.EnumerateObject().ToDictionary(p => p.Name, p => ToBson(p.Value))),
    };

    /// <returns>UTF-8.</returns>
    public static ReadOnlyMemory<byte> ToJson(BsonValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(writer, value);
        }

        return buffer.WrittenMemory;
    }

    private static BsonValue Number(JsonElement element)
    {
        var text = element.GetRawText();
        return text != "-0" && text.AsSpan().IndexOfAny('.', 'e', 'E') < 0 && element.TryGetInt64(out var integer)
            ? new BsonValue(integer)
            : new BsonValue(element.GetDouble());
    }

    private static void Write(Utf8JsonWriter writer, BsonValue value)
    {
        switch (value.Type)
        {
            case BsonType.Null: writer.WriteNullValue(); break;
            case BsonType.Boolean: writer.WriteBooleanValue(value.AsBoolean); break;
            case BsonType.String: writer.WriteStringValue(value.AsString); break;
            case BsonType.Int32 or BsonType.Int64: writer.WriteNumberValue(value.AsInt64); break;
            case BsonType.Double: writer.WriteRawValue(ValueConverter.FloatText(value.AsDouble)); break;
            case BsonType.Array: WriteArray(writer, value.AsArray); break;
            case BsonType.Document: WriteDocument(writer, value.AsDocument); break;
            default: throw new JsonException($"The database holds a value of the type {value.Type}, which campaign never stores there.");
        }
    }

    private static void WriteArray(Utf8JsonWriter writer, BsonArray array)
    {
        writer.WriteStartArray();
        foreach (var item in array)
        {
            Write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteDocument(Utf8JsonWriter writer, BsonDocument document)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in document)
        {
            writer.WritePropertyName(name);
            Write(writer, item);
        }

        writer.WriteEndObject();
    }
}
