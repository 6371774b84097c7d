namespace Campaign.Analysis.Statistics;

/// <summary>A table of two by two counts, such as seconds with and without interrupts and with and without stalls: whether rows and columns go together, exactly.</summary>
/// <remarks>
/// Source: R. A. Fisher, "Statistical Methods for Research Workers", 5th edition 1934, section 21.02; the odds ratio is the conditional maximum-likelihood estimate with
/// the interval of J. Cornfield 1956, from the noncentral hypergeometric distribution.
/// </remarks>
/// <param name="OddsRatio">0 to infinity; 1: no association.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end of its 95 % interval.</param>
/// <param name="P">Two-sided probability of so uneven a table.</param>
internal readonly record struct FisherTest(double OddsRatio, double Low, double High, double P)
{
    private const double Tail = 0.025;

    /// <summary>Rows a, b and c, d.</summary>
    public static FisherTest Of(long a, long b, long c, long d)
    {
        var table = new Margins(a + b, c + d, a + c);
        var central = table.Shares(1);
        var observed = central[a - table.Low];
        return new FisherTest(
            a == table.Low ? 0 : a == table.High ? double.PositiveInfinity : Solve(odds => table.Mean(odds) - a),
            a == table.Low ? 0 : Solve(odds => table.AtLeast(a, odds) - Tail),
            a == table.High ? double.PositiveInfinity : Solve(odds => Tail - table.AtMost(a, odds)),
            Math.Min(1, central.Where(p => p <= observed * (1 + 1e-7)).Sum()));
    }

    // The odds at which a rising function is 0, by bisection on a logarithmic scale.
    private static double Solve(Func<double, double> rising)
    {
        var (low, high) = (-40.0, 40.0);
        for (var step = 0; step < 200; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = rising(Math.Exp(middle)) < 0 ? (middle, high) : (low, middle);
        }

        return Math.Exp(high);
    }

    private sealed record Margins(long Row, long OtherRow, long Column)
    {
        public long Low { get; } = Math.Max(0, Column - OtherRow);

        public long High { get; } = Math.Min(Row, Column);

        public double[] Shares(double odds)
        {
            double[] logs = [.. Cells().Select(x => Choose(Row, x) + Choose(OtherRow, Column - x) + (x * Math.Log(odds)))];
            var largest = logs.Max();
            double[] weights = [.. logs.Select(l => Math.Exp(l - largest))];
            var sum = weights.Sum();
            return [.. weights.Select(w => w / sum)];
        }

        public double Mean(double odds) => Cells().Zip(Shares(odds), (x, p) => x * p).Sum();

        public double AtLeast(long a, double odds) => Cells().Zip(Shares(odds)).Where(c => c.First >= a).Sum(c => c.Second);

        public double AtMost(long a, double odds) => Cells().Zip(Shares(odds)).Where(c => c.First <= a).Sum(c => c.Second);

        private IEnumerable<long> Cells()
        {
            for (var x = Low; x <= High; x++)
            {
                yield return x;
            }
        }

        private static double Choose(long n, long k) => Distributions.LogFactorial(n) - Distributions.LogFactorial(k) - Distributions.LogFactorial(n - k);
    }
}
