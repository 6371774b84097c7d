using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Planning;

/// <summary>
/// Collects what a campaign's pure functions complain of, cell by cell. The same complaint from many cells is one
/// diagnostic that names the first cell and counts the others.
/// </summary>
internal sealed class CellErrors
{
    private const int MostMessages = 20;
    private const int MostCells = 1000;

    private readonly OrderedDictionary<(SourceSpan?, string), Complaint> _complaints = [];
    private int _cells;

    /// <exception cref="CampaignException">
    /// The mistake is not one of a file that a person wrote, or there are so many that more would not help.
    /// </exception>
    public void Add(CampaignException error, Cell cell)
    {
        if (error.Diagnostics.IsEmpty)
        {
            throw error;
        }

        foreach (var diagnostic in error.Diagnostics)
        {
            Add(diagnostic, cell);
        }
    }

    public void Add(Diagnostic diagnostic, Cell cell)
    {
        var key = (diagnostic.Where, diagnostic.Message);
        if (!_complaints.TryGetValue(key, out var complaint))
        {
            _complaints.Add(key, complaint = new Complaint(diagnostic, cell));
        }

        complaint.Cells++;
        if (_complaints.Count == MostMessages || ++_cells == MostCells)
        {
            ThrowIfAny();
        }
    }

    /// <summary>Throws everything as one <see cref="CampaignException"/>.</summary>
    public void ThrowIfAny()
    {
        if (_complaints.Count > 0)
        {
            throw new CampaignException([.. _complaints.Values.Select(c => c.ToDiagnostic())]);
        }
    }

    private sealed class Complaint(Diagnostic diagnostic, Cell first)
    {
        public int Cells { get; set; }

        public Diagnostic ToDiagnostic()
        {
            var cell = first.ToString();
            var more = Cells > 1 ? FormattableString.Invariant($" and {Cells - 1} more") : "";
            return cell.Length == 0 ? diagnostic : diagnostic with { Message = $"{diagnostic.Message} (cell {cell}{more})" };
        }
    }
}
