using Campaign.Analysis;
using Campaign.Testing;
using Campaign.Tests.Reporting;
using Xunit;

namespace Campaign.Tests.Analysis;

public sealed class FindingsSpecs
{
    [Fact]
    public void A_sweep_with_trouble_reads_like_this() => Snapshot.Match(Text(new SampleSweep()));

    [Fact]
    public void A_sweep_without_trouble_reads_like_this() => Snapshot.Match(Text(new SampleSweep { Ends = SampleSweep.AllOk }));

    [Fact]
    public void An_analyser_that_breaks_down_says_that_nobody_knows_and_the_others_go_on()
    {
        var evidence = new Evidenced(new SampleSweep().Build().Sweep, [], []);
        var findings = Findings.Of(
            [
                new Findings.Analyser("whether packets were lost", Evidence.Traffic, _ => throw new InvalidOperationException("No such table.")),
                new Findings.Analyser("anything else", Evidence.Overview, _ => [new Finding(FindingKind.Result, "Fine.", Evidence.Overview)]),
            ],
            evidence);

        Assert.Equal(
            [(FindingKind.Unknown, "Unknown: whether packets were lost. The analysis broke down: No such table."), (FindingKind.Result, "Fine.")],
            findings.Select(f => (f.Kind, f.Text)));
    }

    private static string Text(SampleSweep sample) =>
        string.Join('\n', Analyst.Analyse(sample.Build()).Findings.Select(f => $"{f.Kind}: {f.Text} [{f.Evidence} {f.Name}]"));
}
