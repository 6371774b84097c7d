using System.Globalization;
using System.Text;

namespace Campaign.Reporting.Svg;

/// <summary>The <c>d</c> of a path, short: relative steps in tenths of a unit, without what SVG lets out. Rounding does not add up along a line.</summary>
internal sealed class PathData
{
    private readonly StringBuilder _text = new();
    private long _x, _y;

    public bool IsEmpty => _text.Length == 0;

    /// <summary>Lifts the pen and sets it down elsewhere.</summary>
    public PathData Move(double x, double y)
    {
        var relative = !IsEmpty;
        Step(relative ? 'm' : 'M', x, y);
        return this;
    }

    /// <summary>Draws a straight line.</summary>
    public PathData Line(double x, double y)
    {
        var (toX, toY) = (Tenths(x), Tenths(y));
        if (toY == _y)
        {
            One('h', toX - _x);
            _x = toX;
        }
        else if (toX == _x)
        {
            One('v', toY - _y);
            _y = toY;
        }
        else
        {
            Step('l', x, y);
        }

        return this;
    }

    /// <summary>Draws through points, from wherever the first one is.</summary>
    public PathData Through(IReadOnlyList<Point> points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            _ = i == 0 ? Move(points[i].X, points[i].Y) : Line(points[i].X, points[i].Y);
        }

        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>A coordinate or length in tenths: <c>12.3</c>, <c>-.5</c>, <c>0</c>.</summary>
    public static string Number(double value) => Number(Tenths(value));

    private void Step(char command, double x, double y)
    {
        var (toX, toY) = (Tenths(x), Tenths(y));
        var second = Number(toY - _y);
        _text.Append(command).Append(Number(toX - _x)).Append(second[0] == '-' ? "" : " ").Append(second);
        (_x, _y) = (toX, toY);
    }

    private void One(char command, long length) => _text.Append(command).Append(Number(length));

    private static long Tenths(double value) => (long)Math.Round(value * 10);

    private static string Number(long tenths)
    {
        var text = (tenths / 10.0).ToString("#.#", CultureInfo.InvariantCulture);
        return text.Length == 0 || text == "-" ? "0" : text;
    }
}

/// <summary>A point of a drawing.</summary>
internal readonly record struct Point(double X, double Y);
