using System.Text.Json;
using Campaign.Storage.Database;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Campaign.Storage.Documents;

/// <summary>A sweep in the database: a document without its trials, which may be many, and a blob with them.</summary>
internal static class SweepDocument
{
    private const int Format = 1;

    public static void Insert(ResultsDatabase database, SweepRecord sweep)
    {
        database.Sweeps.Insert(Document(sweep));
        var plan = JsonSerializer.SerializeToUtf8Bytes(sweep.Trials, StorageJson.Default.ImmutableArrayTrialHeader);
        Blobs.Write(database.Blobs, PlanKey(sweep.Id), plan);
    }

    /// <summary>Replaces all but the plan.</summary>
    public static void Update(ResultsDatabase database, SweepRecord sweep) => database.Sweeps.Update(Document(sweep));

    /// <summary>All but the plan: <see cref="SweepRecord.Trials"/> is empty.</summary>
    public static SweepRecord ReadHead(BsonDocument document) =>
        JsonSerializer.Deserialize(BsonJson.ToJson(document["sweep"]).Span, StorageJson.Default.SweepRecord)!;

    /// <summary>How many trials the plan has.</summary>
    public static int PlannedTrials(BsonDocument document) => document["trials"].AsInt32;

    public static SweepRecord Read(ResultsDatabase database, BsonDocument document)
    {
        var head = ReadHead(document);
        var plan = Blobs.Read(database.Blobs, PlanKey(head.Id));
        return head with { Trials = JsonSerializer.Deserialize(plan, StorageJson.Default.ImmutableArrayTrialHeader) };
    }

    private static string PlanKey(string sweepId) => $"{sweepId}/plan";

    private static BsonDocument Document(SweepRecord sweep)
    {
        using var json = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(sweep with { Trials = [] }, StorageJson.Default.SweepRecord));
        return new BsonDocument
        {
            ["_id"] = sweep.Id,
            ["format"] = Format,
            ["trials"] = sweep.Trials.Length,
            ["identity"] = sweep.Identity,
            ["sweep"] = BsonJson.ToBson(json.RootElement),
        };
    }
}
