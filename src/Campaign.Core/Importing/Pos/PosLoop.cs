using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Campaign.Definition;

namespace Campaign.Importing.Pos;

/// <summary>The values of one run, as its <c>.loop</c> file says them: a JSON object. What pos swept is nowhere else: runs are not numbered in the order in which a loop was written.</summary>
internal static class PosLoop
{
    private const double LargestExact = 9007199254740992;

    /// <param name="path">A <c>.loop</c> file.</param>
    /// <param name="why">Why it cannot be read, as the end of a sentence about it; empty when it can.</param>
    /// <returns>Values by name in the order of the file; names are made identifiers, lists and objects become their JSON text; <c>null</c> and what is called a secret is left out.</returns>
    public static ImmutableArray<KeyValuePair<string, Value>> Read(string path, out string why)
    {
        why = "";
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                why = $"holds no object, but {json.RootElement.ValueKind.ToString().ToLowerInvariant()}";
                return [];
            }

            ImmutableArray<KeyValuePair<string, Value>> values =
            [
                .. json.RootElement.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null && !PosSecrets.IsLoopSecret(p.Name))
                    .Select(p => KeyValuePair.Create(Identifier(p.Name), ValueOf(p.Value))),
            ];
            why = values.GroupBy(v => v.Key).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"says '{twice.Key}' twice" : "";
            return why.Length > 0 ? [] : values;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            why = $"cannot be read: {e.Message.TrimEnd('.')}";
            return [];
        }
    }

    private static Value ValueOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => Value.Of(json.GetBoolean()),
        JsonValueKind.String => Value.Of(PosSecrets.Without(json.GetString()!, PosSecrets.IsLoopSecret)),
        JsonValueKind.Number when json.TryGetInt64(out var whole) => Value.Of(whole),
        JsonValueKind.Number when json.GetDouble() is var number && number == Math.Floor(number) && Math.Abs(number) < LargestExact => Value.Of((long)number),
        JsonValueKind.Number => Value.Of(json.GetDouble()),
        _ => Value.Of(Text(json)),
    };

    private static string Text(JsonElement json)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    // Of a member that is called a secret neither name nor value stays.
    private static void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject().Where(m => !PosSecrets.IsLoopSecret(m.Name)))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(PosSecrets.Without(json.GetString()!, PosSecrets.IsLoopSecret));
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    // Axes are named in gates and filters.
    private static string Identifier(string name)
    {
        var clean = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }
}
