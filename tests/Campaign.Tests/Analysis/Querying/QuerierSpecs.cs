using Campaign.Analysis.Querying;
using Campaign.Definition;
using Campaign.Storage;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Analysis.Querying;

/// <summary>Stored trials of several sweeps as one table.</summary>
public sealed class QuerierSpecs : IDisposable
{
    private readonly TempFolder _temp = new();

    [Theory]
    [InlineData("p50", "3701 3702 3703 -")]
    [InlineData("-p50", "3703 3702 3701 -")]
    [InlineData("state", "3702 - 3703 3701")]
    [InlineData("kernel,-p50", "3702 - 3703 3701")]
    public void Rows_are_sorted_with_what_is_missing_last(string sort, string expected)
    {
        var table = Ask(new QueryRequest("", "p50", sort, null, IsForPeople: true), Four());

        Assert.Equal(expected, string.Join(' ', table.Rows.Select(r => r[0] is Value.Nil ? "-" : r[0].ToString())));
    }

    [Fact]
    public void A_limit_takes_the_first_of_the_sorted_rows() =>
        Assert.Equal(["3703"], Ask(new QueryRequest("", "p50", "-p50", 1, IsForPeople: true), Four()).Rows.Select(r => r[0].ToString()));

    [Fact]
    public void A_person_gets_axes_and_figures_and_no_column_with_nothing_in_it()
    {
        var old = SweepSamples.Sweep(4);
        var simulated = SweepSamples.Sweep(2, "other", minute: 1) with { Simulated = true, Axes = [new AxisRecord("os", "", [Value.Of("trixie")]), .. old.Axes] };
        var (measured, both) = (Ask(new QueryRequest("", null, null, null, IsForPeople: true), old), Ask(new QueryRequest("state = ok", null, null, null, IsForPeople: true), old, simulated));

        Assert.Equal(["sweep", "kernel", "rate", "repeat", "state", "p50", "p99", "p99.9", "max", "loss"], measured.Columns.Select(c => c.Name));
        Assert.Equal(["sweep", "kernel", "rate", "repeat", "state", "simulated", "p50", "p99", "p99.9", "max", "loss"], both.Columns.Select(c => c.Name));
        Assert.Equal([simulated.Id, old.Id], both.Rows.Select(r => r[0].ToString()));
    }

    [Fact]
    public void A_program_gets_every_column_however_empty()
    {
        var columns = Ask(new QueryRequest("state = ok", null, null, null, IsForPeople: false), Four()).Columns.Select(c => c.Name).ToArray();

        Assert.Equal(columns.Distinct(), columns);
        Assert.All(["sweep", "kernel", "Flows", "simulated", "imported", "p99.999", "mean", "metric.temperature", "fact.dut.Kernel", "fact.dut.kernel"], c => Assert.Contains(c, columns));
        Assert.DoesNotContain("stalls", columns);
    }

    [Fact]
    public void A_setting_of_one_sweep_is_an_axis_of_another()
    {
        var swept = SweepSamples.Sweep(2);
        var fixedRate = SweepSamples.Sweep(1, "other") with { Axes = [], Parameters = [new("rate", Value.Of(777))], Trials = [swept.Trials[0] with { Cell = [] }] };

        Assert.Equal(["10000", "10000", "777"], Ask(new QueryRequest("", "rate", null, null, IsForPeople: true), swept, fixedRate).Rows.Select(r => r[0].ToString()).Order());
        Assert.Single(Ask(new QueryRequest("rate = 777", null, null, null, IsForPeople: true), swept, fixedRate).Rows);
    }

    [Fact]
    public void A_fixed_name_keeps_its_meaning_when_an_axis_has_it()
    {
        var sweep = SweepSamples.Sweep(1);
        sweep = sweep with { Axes = [new AxisRecord("max", "", [Value.Of(64)])], Trials = [sweep.Trials[0] with { Cell = [new("max", Value.Of(64))] }] };

        var row = Ask(new QueryRequest("axis.max = 64 and max > 64", "max,axis.max", null, null, IsForPeople: true), sweep).Rows.Single();

        Assert.Equal(["4394", "64"], row.Select(v => v.ToString()));
    }

    [Fact]
    public void What_was_imported_was_not_measured_at_a_known_time()
    {
        var table = Ask(new QueryRequest("imported and started is missing", "started,seconds", null, null, IsForPeople: true), SweepSamples.Sweep(1) with { Imported = new ImportRecord("/x", "sets", []) });

        Assert.Equal([Value.Nil.Instance, Value.Nil.Instance], Assert.Single(table.Rows));
    }

    [Fact]
    public void Figures_are_those_of_the_stored_distribution()
    {
        var stored = Asked.Trial(0).WithWorst.Evaluation!;

        Assert.Equal(stored.Latencies.Percentile(0.97), ((Value.Integer)Asked.Cell("p97", 0)).Content);
        Assert.Equal(stored.Latencies.Mean, ((Value.Number)Asked.Cell("mean", 0)).Content);
        Assert.Equal(Value.Of(399), Asked.Cell("packets", 0));
        Assert.Equal(Value.Of(0), Asked.Cell("stalls", 0));
        Assert.Equal(Value.Nil.Instance, Asked.Cell("stalls", 3));
    }

    [Theory]
    [InlineData("", "--columns 1: The name of a column is missing here.")]
    [InlineData("p50 p99", "--columns 5: A comma is missing here.")]
    [InlineData("p50,", "--columns 5: The name of a column is missing here.")]
    [InlineData("p50=2", "--columns 4: The name of a column is missing here.")]
    [InlineData("-p50", "--columns 1: There is no column '-p50'; did you mean 'p50'?")]
    public void A_list_of_columns_that_is_none_is_told(string columns, string mistake) => Assert.Equal([mistake], Asked.Mistakes("", columns));

    public void Dispose() => _temp.Dispose();

    private static SweepRecord Four() => SweepSamples.Sweep(4);

    private QueryTable Ask(QueryRequest request, params SweepRecord[] planned)
    {
        var folder = new ResultsFolder(_temp[Guid.NewGuid().ToString()]);
        using (var results = ResultsWriter.Open(folder, TimeProvider.System))
        {
            foreach (var sweep in planned)
            {
                var writer = results.BeginSweep(sweep, []);
                Enumerable.Range(0, sweep.Trials.Length).ToList().ForEach(p => writer.Append(SweepSamples.Finished(sweep, p)));
            }
        }

        using var reader = ResultsReader.Open(folder);
        return Querier.Ask(reader, [.. reader.List().Select(s => s.Sweep)], request);
    }
}
