using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis.Querying;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Analysis.Querying;

/// <summary>
/// Four trials to ask: 0 rt 10 k ok, 1 nohz 10 k degraded, 2 rt 20 k invalid, 3 nohz 20 k failed and not measured. Each measured one has 399 packets around 3.7 µs, one of 1000 lost.
/// </summary>
internal static class Asked
{
    private static readonly SweepRecord Sweep = SweepSamples.Sweep(4);

    private static readonly RecordedNames Recorded =
        new(["dut.Kernel", "dut.kernel", "dut.kernel.release"], [new("big", ""), new("load", ""), new("temperature", "°C")]);

    public static QueryFields Fields => new([Sweep], new Lazy<RecordedNames>(Recorded));

    /// <summary>Places of the trials that are meant: <c>02</c>.</summary>
    public static string Chosen(string expression)
    {
        var condition = new QueryRequest(expression, null, null, null, IsForPeople: true).Bind(Fields).Condition;
        return string.Concat(Enumerable.Range(0, 4).Where(p => condition(Trial(p))).Select(p => p.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>What a column says of a trial.</summary>
    public static Value Cell(string column, int position) =>
        new QueryRequest("", column, null, null, IsForPeople: true).Bind(Fields).Columns.Single().Read(Trial(position));

    /// <summary>As <c>place: message</c>.</summary>
    public static string[] Mistakes(string expression, string? columns = null, string? sort = null)
    {
        var wrong = Assert.Throws<CampaignException>(() => new QueryRequest(expression, columns, sort, null, IsForPeople: true).Bind(Fields));
        Assert.Equal(ExitCode.Usage, wrong.Code);
        return [.. wrong.Diagnostics.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Where!.Value.File} {d.Where.Value.Column}: {d.Message}"))];
    }

    /// <param name="position">0 to 3.</param>
    /// <param name="blobs">Null: those of the sample.</param>
    public static QueriedTrial Trial(int position, StoredBlobs? blobs = null)
    {
        var result = SweepSamples.Result(Sweep, position);
        var bare = result.Measurement is not { } m ? result : result with { Measurement = m with { Evaluation = m.Evaluation with { Latencies = new([], []), Worst = [] } } };
        return new QueriedTrial(
            Sweep, new StoredTrial(Sweep.Id, Sweep.Trials[position], "", bare, ImmutableArray<string>.Empty),
            blobs ?? new StoredBlobs(() => result.Measurement!.Evaluation.Latencies, () => result.Measurement!.Evaluation.Worst));
    }
}
