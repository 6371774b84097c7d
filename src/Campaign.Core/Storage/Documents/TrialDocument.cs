using System.Collections.Immutable;
using System.Text.Json;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Storage.Database;
using Campaign.Units;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Campaign.Storage.Documents;

/// <summary>
/// A finished trial in the database: a document with what is asked for in fields of its own and the whole result below <c>result</c>; latencies and worst
/// packets in <see cref="Blobs"/>. <c>digest</c> is SHA-256 of all of it, and what <see cref="ResultsMerger"/> compares.
/// </summary>
internal static class TrialDocument
{
    private const int Format = 1;

    public static string Key(string sweepId, string trialId) => $"{sweepId}/{trialId}";

    /// <summary>What counts of trials by state are made of, by index alone.</summary>
    public static string Tally(string sweepId, TrialState state) => $"{sweepId} {state}";

    /// <summary>Stores a trial; what was stored of it before is gone.</summary>
    public static void Store(ResultsDatabase database, StoredTrial trial)
    {
        var key = Key(trial.SweepId, trial.Header.Id);
        if (database.Trials.Delete(key))
        {
            foreach (var piece in Blobs.Pieces(database.Blobs, $"{key}/").ToArray())
                database.Blobs.Delete(piece["_id"]);
        }

        var document = JsonSerializer.SerializeToUtf8Bytes(Bare(trial.Result), StorageJson.Default.TrialResult);
        var digest = Digest.Of(document).Hex;
        if (trial.Result.Measurement?.Evaluation is { } evaluation)
        {
            var latencies = evaluation.Latencies.ToBytes();
            var worst = JsonSerializer.SerializeToUtf8Bytes(evaluation.Worst, StorageJson.Default.ImmutableArrayWorstPacket);
            digest = Digest.Of($"{digest} {Digest.Of(latencies)} {Digest.Of(worst)}").Hex;
            Blobs.Write(database.Blobs, $"{key}/latencies", latencies);
            Blobs.Write(database.Blobs, $"{key}/worst", worst);
        }

        using var json = JsonDocument.Parse(document);
        database.Trials.Insert(new BsonDocument
        {
            ["_id"] = key,
            ["format"] = Format,
            ["trial"] = trial.Header.Id,
            ["tally"] = Tally(trial.SweepId, trial.Result.State),
            ["inputs"] = trial.Inputs,
            ["digest"] = Digest.Of($"{digest} {trial.Inputs} {string.Join('\n', trial.Files)}").Hex,
            ["files"] = new BsonArray(trial.Files.Select(f => new BsonValue(f))),
            ["result"] = BsonJson.ToBson(json.RootElement),
        });
    }

    /// <param name="database">Where the blobs are.</param>
    /// <param name="document">As <see cref="Store"/> wrote it.</param>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="header">What was planned.</param>
    /// <param name="withBlobs">Otherwise distribution and worst packets stay empty, which reads much less.</param>
    public static StoredTrial Read(ResultsDatabase database, BsonDocument document, string sweepId, TrialHeader header, bool withBlobs)
    {
        var result = JsonSerializer.Deserialize(BsonJson.ToJson(document["result"]).Span, StorageJson.Default.TrialResult)!;
        if (withBlobs && result.Measurement is { } measurement)
        {
            var key = document["_id"].AsString;
            result = result with
            {
                Measurement = measurement with
                {
                    Evaluation = measurement.Evaluation with { Latencies = ReadLatencies(database, key), Worst = ReadWorst(database, key) },
                },
            };
        }

        return new StoredTrial(sweepId, header, document["inputs"].AsString, result, [.. document["files"].AsArray.Select(f => f.AsString)]);
    }

    /// <param name="database">Where the blobs are.</param>
    /// <param name="key">Of a trial that was measured.</param>
    public static LatencyDistribution ReadLatencies(ResultsDatabase database, string key) => LatencyDistribution.FromBytes(Blobs.Read(database.Blobs, $"{key}/latencies"));

    /// <inheritdoc cref="ReadLatencies"/>
    public static ImmutableArray<WorstPacket> ReadWorst(ResultsDatabase database, string key) =>
        JsonSerializer.Deserialize(Blobs.Read(database.Blobs, $"{key}/worst"), StorageJson.Default.ImmutableArrayWorstPacket);

    private static TrialResult Bare(TrialResult result) => result.Measurement is not { } measurement
        ? result
        : result with { Measurement = measurement with { Evaluation = measurement.Evaluation with { Latencies = DistributionConverter.Empty, Worst = [] } } };
}
