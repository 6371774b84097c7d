using System.Globalization;
using System.Text;
using Campaign.Analysis;
using Campaign.Storage;

namespace Campaign.Reporting.Texts;

/// <summary>Tables of all cells and figures of their percentiles, as floats with captions, for a paper that reads them with <c>\input</c>.</summary>
internal static class LatexReport
{
    public static string Of(SweepRecord sweep, SweepAnalysis analysis)
    {
        var name = string.Concat(sweep.Campaign.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            % Sweep {{LatexText.Escape(sweep.Campaign)}}/{{LatexText.Escape(sweep.Id)}}: a table and a figure, to be read with \input. They need in the preamble:
            %   \usepackage{booktabs}
            %   \usepackage{pgfplots}
            %   \usepgfplotslibrary{groupplots}
            %   \pgfplotsset{compat=1.16}
            % They are called \ref{tab:{{name}}} and \ref{fig:{{name}}}. Further ones end in -2, -3 and so on.

            """);
        var about = new LatexAbout(sweep, name);
        LatexTable.Append(text, about, analysis);
        LatexPlot.Append(text, about, analysis);
        return text.ToString();
    }
}
