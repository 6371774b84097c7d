using System.Text.Json;
using System.Text.Json.Serialization;
using Campaign.Captures;

namespace Campaign.Storage.Documents;

/// <summary>Leaves distributions out of documents: they are large and lie in <see cref="Blobs"/>.</summary>
internal sealed class DistributionConverter : JsonConverter<LatencyDistribution>
{
    public static readonly LatencyDistribution Empty = new([], []);

    public override bool HandleNull => true;

    public override LatencyDistribution Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Skip();
        return Empty;
    }

    public override void Write(Utf8JsonWriter writer, LatencyDistribution value, JsonSerializerOptions options) => writer.WriteNullValue();
}
