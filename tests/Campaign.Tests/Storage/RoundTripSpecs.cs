using System.Text.Json;
using Campaign.Definition;
using Campaign.Storage;
using Campaign.Storage.Documents;
using Campaign.Testing;
using CsCheck;
using Xunit;

namespace Campaign.Tests.Storage;

/// <summary>What is read is what was stored.</summary>
public sealed class RoundTripSpecs : IDisposable
{
    private readonly TempFolder _temp = new();

    private static readonly Gen<Value> AnyScalar = Gen.OneOf(
        Gen.Const<Value>(Value.Nil.Instance),
        Gen.Bool.Select(Value.Of),
        Gen.Long.Select(Value.Of),
        Gen.Double.Select(Value.Of),
        Gen.OneOf(0.0, -0.0, 2.0, 1e15, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity).Select(Value.Of),
        Gen.String[Gen.Char.AlphaNumeric, 0, 8].Select(Value.Of),
        Gen.OneOf("", "\0", "µ \"quoted\"", "null", "1.0").Select(Value.Of));

    private static readonly Gen<Value> AnyValue = Gen.Recursive<Value>((depth, self) => depth > 3
        ? AnyScalar
        : Gen.OneOf(
            AnyScalar,
            self.Array[0, 3].Select<Value[], Value>(items => new Value.List([.. items])),
            Gen.Dictionary(Gen.OneOf("a", "A", "map", "float", "", "_id", "$type"), self)[0, 4].Select<Dictionary<string, Value>, Value>(m => new Value.Map(m))));

    [Fact]
    public void Every_value_of_the_campaign_language_survives_with_its_kind() => AnyValue.Sample(value =>
    {
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new TrialHeader("id", [new("axis", value)], 1, 0, "asis"), StorageJson.Default.TrialHeader);
        using var document = JsonDocument.Parse(json);
        var stored = BsonJson.ToJson(LiteDB.BsonSerializer.Deserialize(LiteDB.BsonSerializer.Serialize(BsonJson.ToBson(document.RootElement).AsDocument)));
        var read = System.Text.Json.JsonSerializer.Deserialize(stored.Span, StorageJson.Default.TrialHeader)!;
        return read.Cell[0].Value.Equals(value);
    });

    [Fact]
    public void A_sweep_and_its_trials_come_back_as_they_were()
    {
        var folder = new ResultsFolder(_temp["results"]);
        var planned = SweepSamples.Sweep(8);
        using (var results = ResultsWriter.Open(folder, TimeProvider.System))
        {
            var sweep = results.BeginSweep(planned, []);
            foreach (var position in Enumerable.Range(0, 8).Reverse())
            {
                sweep.Append(SweepSamples.Finished(planned, position));
            }
        }

        using var reader = ResultsReader.Open(folder);
        var stored = reader.Load(reader.Find().Sweep.Id);

        Assert.Equivalent(planned, stored.Sweep, strict: true);
        Assert.Equal(planned.Trials.Select(t => t.Id), stored.Trials.Select(t => t.Header.Id));
        for (var position = 0; position < 8; position++)
        {
            Assert.Equivalent(SweepSamples.Result(planned, position), stored.Trials[position].Result, strict: true);
            Assert.Equal(["rendered/dut/etc/forwarder/config"], stored.Trials[position].Files);
        }
    }

    [Fact]
    public void Without_blobs_everything_but_distribution_and_worst_packets_is_there()
    {
        var folder = new ResultsFolder(_temp["results"]);
        var planned = SweepSamples.Sweep(1);
        using (var results = ResultsWriter.Open(folder, TimeProvider.System))
        {
            results.BeginSweep(planned, []).Append(SweepSamples.Finished(planned, 0));
        }

        using var reader = ResultsReader.Open(folder);
        var evaluation = reader.Load(planned.Id, withBlobs: false).Trials[0].Result.Measurement!.Evaluation;

        Assert.Equal(999, evaluation.Matched);
        Assert.Equal(0, evaluation.Latencies.Count);
        Assert.Empty(evaluation.Worst);
    }

    public void Dispose() => _temp.Dispose();
}
