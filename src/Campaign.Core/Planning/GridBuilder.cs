using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Planning;

/// <summary>Walks through all combinations of axis values like an odometer and keeps those that no exclusion removes.</summary>
internal sealed class GridBuilder
{
    private const int MostCombinations = 1_000_000;
    private const int MostAxes = 64;
    private const int MostExamples = 3;

    private readonly CampaignDefinition _definition;
    private readonly ImmutableArray<string> _names;
    private readonly CellErrors _errors = new();

    /// <summary>For each axis the number of its zip, or -1.</summary>
    private readonly int[] _zipOf;

    /// <summary>For each zip the level that its first applicable axis stands at, or -1.</summary>
    private readonly int[] _zipLevel;

    private readonly Value[] _values;
    private readonly int[] _levels;
    private readonly List<Cell> _cells = [];
    private readonly List<int> _cellLevels = [];
    private readonly int[] _removed;
    private readonly List<string>[] _examples;
    private int _combinations;

    private GridBuilder(CampaignDefinition definition)
    {
        _definition = definition;
        _names = [.. definition.Axes.Select(a => a.Name), .. definition.Derived.Select(d => d.Name)];
        _zipOf = [.. definition.Axes.Select(a => ZipOf(definition, a.Name))];
        _zipLevel = [.. definition.Zips.Select(_ => -1)];
        _values = [.. _names.Select(_ => Value.Nil.Instance)];
        _levels = new int[definition.Axes.Length];
        _removed = new int[definition.Exclusions.Length];
        _examples = [.. definition.Exclusions.Select(_ => new List<string>())];
    }

    /// <summary>All cells of a campaign.</summary>
    /// <exception cref="CampaignException">
    /// A function of the campaign failed, an axis has the same level twice, the axes span more combinations than can be
    /// planned, or the exclusions leave nothing.
    /// </exception>
    public static CellGrid Build(CampaignDefinition definition)
    {
        CheckAxes(definition);
        var builder = new GridBuilder(definition);
        builder.Descend(axis: 0);
        builder._errors.ThrowIfAny();
        builder.CheckThatSomethingIsLeft();
        return new CellGrid([.. builder._cells], builder.Excluded(), [.. builder._cellLevels], definition.Axes.Length);
    }

    private static void CheckAxes(CampaignDefinition definition)
    {
        var mistakes = new DiagnosticBag();
        if (definition.Axes.Length > MostAxes)
        {
            mistakes.Error(definition.Axes[MostAxes].Where, $"The campaign has {definition.Axes.Length} axes; at most {MostAxes} are planned.");
        }

        foreach (var axis in definition.Axes)
        {
            foreach (var twice in axis.Values.GroupBy(v => v.Canonical, StringComparer.Ordinal).Where(g => g.Count() > 1))
            {
                mistakes.Error(axis.Where, $"Axis '{axis.Name}' has the value {twice.Key} more than once.", "Use repeats(n) to measure a cell several times.");
            }
        }

        mistakes.ThrowIfErrors();
    }

    /// <summary>Sets the axes from <paramref name="axis"/> on to all their levels in turn.</summary>
    private void Descend(int axis)
    {
        if (axis == _levels.Length)
        {
            Visit();
            return;
        }

        var (declared, zip) = (_definition.Axes[axis], _zipOf[axis]);
        if (!Applies(declared))
        {
            _levels[axis] = CellGrid.DoesNotApply;
            Descend(axis + 1);
        }
        else if (zip >= 0 && _zipLevel[zip] >= 0)
        {
            Set(axis, declared, _zipLevel[zip]);
        }
        else
        {
            for (var level = 0; level < declared.Values.Length; level++)
            {
                SetZip(zip, level);
                Set(axis, declared, level);
            }

            SetZip(zip, -1);
        }
    }

    private void Set(int axis, Axis declared, int level)
    {
        _levels[axis] = level;
        _values[axis] = declared.Values[level];
        Descend(axis + 1);
        _values[axis] = Value.Nil.Instance;
    }

    private void SetZip(int zip, int level)
    {
        if (zip >= 0)
        {
            _zipLevel[zip] = level;
        }
    }

    /// <summary>An axis that fails to say whether it applies is left out here; the failure itself is reported.</summary>
    private bool Applies(Axis axis)
    {
        if (axis.Only is not { } only)
        {
            return true;
        }

        var soFar = Snapshot();
        try
        {
            return only(soFar);
        }
        catch (CampaignException error)
        {
            _errors.Add(error, soFar);
            return false;
        }
    }

    private void Visit()
    {
        if (++_combinations > MostCombinations)
        {
            throw new CampaignException([new Diagnostic(
                DiagnosticSeverity.Error,
                _definition.Axes[^1].Where,
                FormattableString.Invariant($"The axes span more than {MostCombinations} combinations, which is more than can be planned."),
                "Give the axes fewer values, zip those that belong together, or split the campaign.")]);
        }

        var cell = Snapshot();
        try
        {
            cell = Derive(cell);
            if (FirstExclusion(cell) is var rule and >= 0)
            {
                Remove(rule, cell);
                return;
            }
        }
        catch (CampaignException error)
        {
            _errors.Add(error, cell);
            return;
        }

        _cells.Add(cell);
        _cellLevels.AddRange(_levels);
    }

    private Cell Snapshot() => new(_names, ImmutableCollectionsMarshal.AsImmutableArray((Value[])_values.Clone()));

    private Cell Derive(Cell cell)
    {
        var first = _levels.Length;
        for (var i = 0; i < _definition.Derived.Length; i++)
        {
            cell = new Cell(_names, cell.Values.SetItem(first + i, _definition.Derived[i].Compute(cell)));
        }

        return cell;
    }

    private int FirstExclusion(Cell cell)
    {
        for (var i = 0; i < _removed.Length; i++)
        {
            if (_definition.Exclusions[i].Excludes(cell))
            {
                return i;
            }
        }

        return -1;
    }

    private void Remove(int rule, Cell cell)
    {
        _removed[rule]++;
        if (_examples[rule].Count < MostExamples)
        {
            _examples[rule].Add(cell.ToString());
        }
    }

    private void CheckThatSomethingIsLeft()
    {
        if (_cells.Count > 0)
        {
            return;
        }

        var mistakes = new DiagnosticBag();
        foreach (var (rule, count) in _definition.Exclusions.Zip(_removed).Where(r => r.Second > 0))
        {
            mistakes.Error(
                rule.Where,
                FormattableString.Invariant($"The exclusions leave nothing to measure; this one removes {count} of {_combinations} combinations ('{rule.Reason}')."),
                "Narrow the exclusion, or give the axes more values.");
        }

        mistakes.ThrowIfErrors();
    }

    private ImmutableArray<ExcludedCells> Excluded() =>
        [.. _definition.Exclusions.Select((rule, i) => new ExcludedCells(rule.Reason, rule.Where, _removed[i], [.. _examples[i]]))];

    private static int ZipOf(CampaignDefinition definition, string axis)
    {
        for (var i = 0; i < definition.Zips.Length; i++)
        {
            if (definition.Zips[i].Contains(axis))
            {
                return i;
            }
        }

        return -1;
    }
}
