using Campaign.Analysis.Querying;
using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Units;
using Xunit;

namespace Campaign.Tests.Analysis.Querying;

/// <summary>The language of queries: what it means, and what is said of what it is not.</summary>
public sealed class ExpressionSpecs
{
    [Theory]
    [InlineData("", "0123")]
    [InlineData("kernel=rt", "02")]
    [InlineData("kernel == rt and rate < 15k", "0")]
    [InlineData("kernel=rt,rate<15k", "0")]
    [InlineData("kernel=rt|nohz", "0123")]
    [InlineData("kernel != rt", "13")]
    [InlineData("kernel <> rt", "13")]
    [InlineData("state in (ok, failed)", "03")]
    [InlineData("state not in (ok, failed)", "12")]
    [InlineData("kernel = nohz or kernel = rt and rate = 20k", "123")]
    [InlineData("(kernel = nohz or kernel = rt) and rate = 20k", "23")]
    [InlineData("kernel = nohz or kernel = rt, rate = 20k", "23")]
    [InlineData("not kernel = rt and state = failed", "3")]
    [InlineData("NOT (kernel = rt OR state = failed)", "1")]
    [InlineData("\"kernel\" = 'rt'", "02")]
    [InlineData("rate = 2e4", "23")]
    [InlineData("flows = 4 and duration = 0.5", "0123")]
    public void Conditions_are_joined_as_their_words_say(string expression, string chosen) => Assert.Equal(chosen, Asked.Chosen(expression));

    [Theory]
    [InlineData("p50 > 3600 and p50 < 3800", "012")]
    [InlineData("p50 > 3.6us and p50 < 0.0038ms", "012")]
    [InlineData("p50 < 3.6µs", "")]
    [InlineData("loss = 0.1%", "012")]
    [InlineData("loss < 0.0005", "")]
    [InlineData("sent = 1k", "012")]
    [InlineData("seconds > 20min and seconds < 1234568ms", "0123")]
    [InlineData("metric.big > 1G", "0123")]
    [InlineData("started >= 2026-03-01T09:30:02+01:00", "23")]
    [InlineData("started >= 2026-03-01T08:30:02", "23")]
    [InlineData("started < 2026-03-02", "0123")]
    [InlineData("started ~ 08:30:03", "3")]
    public void Numbers_and_times_are_compared_in_the_unit_of_their_column(string expression, string chosen) => Assert.Equal(chosen, Asked.Chosen(expression));

    [Theory]
    [InlineData("lost = 1", "012")]
    [InlineData("lost != 1", "")]
    [InlineData("not lost = 1", "3")]
    [InlineData("lost is missing", "3")]
    [InlineData("lost is not null", "012")]
    [InlineData("p99 < 1h", "012")]
    [InlineData("p99.9 < 1h or p99.9 >= 1h", "")]
    [InlineData("p99.9 is missing", "0123")]
    [InlineData("metric.temperature is missing", "0123")]
    [InlineData("metric.temperature != 1", "")]
    [InlineData("reason !~ degraded", "23")]
    [InlineData("profile is missing and profile !~ x", "")]
    public void No_comparison_holds_with_what_is_missing(string expression, string chosen) => Assert.Equal(chosen, Asked.Chosen(expression));

    [Theory]
    [InlineData("counts", "01")]
    [InlineData("not counts and attested", "23")]
    [InlineData("!counts", "23")]
    [InlineData("simulated or imported = true", "")]
    [InlineData("reason ~ DEGRADED | invalid", "12")]
    [InlineData("fact.dut.Kernel = a", "0123")]
    [InlineData("fact.dut.kernel is missing", "0123")]
    [InlineData("fact.dut.kernel.release = 6.10", "0123")]
    [InlineData("fact.dut.kernel.release = '6.10'", "")]
    [InlineData("fact.dut.kernel.release < seven", "")]
    public void Flags_texts_and_facts_can_be_asked(string expression, string chosen) => Assert.Equal(chosen, Asked.Chosen(expression));

    [Theory]
    [InlineData("kernle = rt", "EXPRESSION 1: There is no column 'kernle'; did you mean 'kernel'?")]
    [InlineData("state = ok and p999 < 2ms", "EXPRESSION 16: There is no column 'p999'; did you mean 'p99.9'?")]
    [InlineData("p0 < 2ms", "EXPRESSION 1: There is no column 'p0'; did you mean 'p50'?")]
    [InlineData("fact.dut.kernel.relaese = x", "EXPRESSION 1: There is no column 'fact.dut.kernel.relaese'; did you mean 'fact.dut.kernel.release'?")]
    [InlineData("kernel = xt", "EXPRESSION 10: 'kernel' is never 'xt'; did you mean 'rt'?")]
    [InlineData("state = oky", "EXPRESSION 9: 'state' is never 'oky'; did you mean 'ok'?")]
    [InlineData("rate = 5k", "EXPRESSION 8: 'rate' is never '5k'; there are 10000, 20000.")]
    [InlineData("rate > fast", "EXPRESSION 8: 'fast' is no number to compare 'rate' with.")]
    [InlineData("loss < 2ms", "EXPRESSION 8: '2ms' cannot be compared with 'loss', which is a share: write 0.1% or 0.001.")]
    [InlineData("p50 < 2%", "EXPRESSION 7: '2%' cannot be compared with 'p50', which is in ns.")]
    [InlineData("lost < 2ms", "EXPRESSION 8: '2ms' cannot be compared with 'lost', which is a plain number.")]
    [InlineData("counts = yes", "EXPRESSION 10: 'yes' is neither true nor false, but 'counts' is.")]
    [InlineData("counts > true", "EXPRESSION 1: 'counts' is true or false, never more or less.")]
    [InlineData("p50", "EXPRESSION 1: 'p50' alone is no condition.")]
    [InlineData("started > yesterday", "EXPRESSION 11: 'yesterday' is no time.")]
    [InlineData("started > 9", "EXPRESSION 11: '9' is no time.")]
    [InlineData("kernel =", "EXPRESSION 9: A value is missing behind '='.")]
    [InlineData("kernel = and counts", "EXPRESSION 10: A value is missing behind '='.")]
    [InlineData("rate < 1|2", "EXPRESSION 11: '<' takes one value.")]
    [InlineData("kernel in rt", "EXPRESSION 11: Behind 'in' stand values in brackets.")]
    [InlineData("p50 is small", "EXPRESSION 8: Only 'missing' can stand behind 'is'.")]
    [InlineData("kernel = rt counts", "EXPRESSION 13: 'counts' is not expected here.")]
    [InlineData("(counts", "EXPRESSION 8: A bracket is not closed.")]
    [InlineData("counts)", "EXPRESSION 7: ')' is not expected here.")]
    [InlineData("counts and", "EXPRESSION 11: A condition is missing here.")]
    [InlineData("reason = 'x", "EXPRESSION 10: The quote is not closed.")]
    public void A_mistake_says_where_it_is_and_what_there_is(string expression, string mistake) => Assert.Equal([mistake], Asked.Mistakes(expression));

    [Fact]
    public void All_mistakes_are_told_at_once() => Assert.Equal(
        [
            "--columns 5: There is no column 'mx'; did you mean 'max'?",
            "--sort 1: There is no column 'rte'; did you mean 'rate'?",
            "EXPRESSION 1: There is no column 'kernle'; did you mean 'kernel'?",
            "EXPRESSION 24: A value is missing behind '<'.",
            "EXPRESSION 35: 'state' is never 'fine'; there are ok, degraded, invalid, failed.",
        ],
        Asked.Mistakes("kernle = rt and (p50 < or state = fine)", "p50,mx", "-rte"));

    [Fact]
    public void The_place_of_a_mistake_is_marked_below_it()
    {
        var wrong = Assert.Throws<CampaignException>(() => new QueryRequest("counts\tand mx > 1", null, null, null, IsForPeople: true).Bind(Asked.Fields));

        Assert.Equal("counts and mx > 1\n             ^^", Assert.Single(wrong.Diagnostics).Hint);
    }

    [Fact]
    public void Whatever_is_typed_is_understood_or_refused_with_places()
    {
        string[] words = ["counts", "kernel", "p50", "rt", "=", "<", "~", "!", "!~", "(", ")", ",", "|", "and", "or", "not", "in", "is", "missing", "2ms", "'", "\"", "-", "µ", "\n"];
        var random = new SeededRandom(11);
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Join(round % 2 == 0 ? " " : "", Enumerable.Range(0, random.Below(12)).Select(_ => words[random.Below(words.Length)]));
            try
            {
                Asked.Chosen(text);
            }
            catch (CampaignException e)
            {
                Assert.All(e.Diagnostics, d => Assert.InRange(d.Where!.Value.Column, 1, text.Length + 1));
            }
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("not ")]
    public void Deep_nesting_is_refused(string part) =>
        Assert.Contains("This is nested too deeply.", Assert.Single(Asked.Mistakes(string.Concat(Enumerable.Repeat(part, 100_000)))), StringComparison.Ordinal);

    [Fact]
    public void Latencies_are_read_only_when_a_condition_gets_to_them()
    {
        var read = 0;
        var blobs = new StoredBlobs(() => Read(ref read), () => throw new InvalidOperationException("Nobody asked for the worst packets."));
        Func<QueriedTrial, bool> Condition(string expression) => new QueryRequest(expression, null, null, null, IsForPeople: true).Bind(Asked.Fields).Condition;

        Assert.False(Condition("kernel = nohz and p50 < 1s and lost = 1")(Asked.Trial(0, blobs)));
        Assert.False(Condition("p50 < 1s")(Asked.Trial(3, blobs)));
        Assert.Equal(0, read);
        Assert.True(Condition("kernel = rt and p50 < 1s and p99 < 1s")(Asked.Trial(0, blobs)));
        Assert.Equal(1, read);
    }

    private static Captures.LatencyDistribution Read(ref int read)
    {
        read++;
        return new([3000], [1000]);
    }
}
