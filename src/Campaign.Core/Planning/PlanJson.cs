using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Definition;

namespace Campaign.Planning;

/// <summary>Plans as JSON: for <c>plan --json</c>, and for the <c>plan.json</c> that is kept with the results.</summary>
internal static class PlanJson
{
    private static readonly PlanJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ValueConverter(), new CellConverter() },
    });

    /// <summary>The same plan gives the same text, byte for byte. It ends with a line feed.</summary>
    public static string ToText(Plan plan)
    {
        using var buffer = new MemoryStream();
        Write(plan, buffer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    public static void Write(Plan plan, Stream stream)
    {
        JsonSerializer.Serialize(stream, PlanDocument.Of(plan), Context.PlanDocument);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Only the CI matrix, on one line: what a workflow assigns to an output.</summary>
    public static string MatrixText(Plan plan) =>
        JsonSerializer.Serialize(PlanMatrix.Of(plan), new PlanJsonContext(new JsonSerializerOptions(Context.Options) { WriteIndented = false }).PlanMatrix);

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value)
        {
            case Value.Boolean { Content: var content }:
                writer.WriteBooleanValue(content);
                break;
            case Value.Text { Content: var content }:
                writer.WriteStringValue(content);
                break;
            case Value.Number { Content: var content } when !double.IsFinite(content):
                writer.WriteStringValue(value.Canonical);
                break;
            default:
                writer.WriteRawValue(value.Canonical);
                break;
        }
    }

    private sealed class ValueConverter : JsonConverter<Value>
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(Value));

        public override Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Plans are written, never read back.");

        public override void Write(Utf8JsonWriter writer, Value value, JsonSerializerOptions options) => PlanJson.Write(writer, value);
    }

    private sealed class CellConverter : JsonConverter<Cell>
    {
        public override Cell Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Plans are written, never read back.");

        public override void Write(Utf8JsonWriter writer, Cell value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            for (var i = 0; i < value.Names.Length; i++)
            {
                if (value.Values[i] is not Value.Nil)
                {
                    writer.WritePropertyName(value.Names[i]);
                    PlanJson.Write(writer, value.Values[i]);
                }
            }

            writer.WriteEndObject();
        }
    }
}

[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(PlanMatrix))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
