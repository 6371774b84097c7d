using System.Collections.Immutable;
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

    /// <param name="plan">The plan.</param>
    /// <param name="selected">Trials that are listed; null: all. The rest speaks of the whole plan.</param>
    /// <returns>The same plan gives the same text, byte for byte. It ends with a line feed.</returns>
    public static string Write(Plan plan, ImmutableArray<PlannedTrial>? selected = null)
    {
        using var buffer = new MemoryStream();
        Write(plan, buffer, selected);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <inheritdoc cref="Write(Plan, ImmutableArray{PlannedTrial}?)"/>
    public static void Write(Plan plan, Stream stream, ImmutableArray<PlannedTrial>? selected = null)
    {
        JsonSerializer.Serialize(stream, PlanDocument.Of(plan, selected ?? plan.Trials), Context.PlanDocument);
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
            case Value.Integer { Content: var content }:
                writer.WriteNumberValue(content);
                break;
            case Value.Number { Content: var content } when double.IsFinite(content):
                writer.WriteNumberValue(content);
                break;
            case Value.List { Items: var items }:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case Value.Map { Entries: var entries }:
                Write(writer, entries);
                break;
            case Value.Nil:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, Value>> members)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
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

        public override void Write(Utf8JsonWriter writer, Cell value, JsonSerializerOptions options) =>
            PlanJson.Write(writer, value.Names.Zip(value.Values, KeyValuePair.Create).Where(m => m.Value is not Value.Nil));
    }
}

[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(PlanMatrix))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
