using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Campaign.Captures;
using Campaign.Conducting;

namespace Campaign.Storage.Documents;

/// <summary>
/// The text form of what is stored, written and read without reflection. Names are those of the records: renaming a property is a change of the format. What is new
/// has a default, so that older results still read.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(ValueConverter), typeof(NamedValueConverter), typeof(ValuesByNameConverter), typeof(DistributionConverter)])]
[JsonSerializable(typeof(SweepRecord))]
[JsonSerializable(typeof(ImmutableArray<TrialHeader>))]
[JsonSerializable(typeof(TrialResult))]
[JsonSerializable(typeof(ImmutableArray<WorstPacket>))]
internal sealed partial class StorageJson : JsonSerializerContext;
