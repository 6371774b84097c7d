namespace Campaign.Reporting.Svg;

/// <summary>An axis from 0.</summary>
/// <param name="High">Value at <paramref name="To"/>, above 0.</param>
/// <param name="From">Coordinate of 0.</param>
/// <param name="To">Coordinate of the high end.</param>
internal sealed record LinearScale(double High, double From, double To)
{
    /// <summary>For the script: <c>from to low high</c>.</summary>
    public string Data => Panel.Data(From, To, 0, High);

    /// <summary>Coordinate of a value; values beyond the ends lie on them.</summary>
    public double this[double value] => From + ((To - From) * Math.Clamp(value / High, 0, 1));

    /// <summary>Three to seven round values from 0 on.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            var rough = High / 3;
            var decade = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            var step = (rough / decade) switch { < 2 => 1, < 5 => 2, _ => 5 } * decade;
            for (var i = 0; i * step <= High * (1 + 1e-9); i++)
            {
                yield return i * step;
            }
        }
    }
}
