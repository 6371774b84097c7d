using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Planning;

/// <summary>
/// Names every trial by what it is: the first ten hexadecimal digits of SHA-256 over these lines, each ended by a line feed:
/// the campaign's name; <c>axis=value</c> for every axis that applies and is not at its default, sorted by name, values in
/// their canonical text; <c>repeat=n</c>. So the same trial has the same id on every machine, and an axis that is added later
/// with a default changes none.
/// </summary>
internal static class TrialIds
{
    private const int IdBytes = 5;

    /// <summary>Ids of all trials: those of the first cell's repeats first.</summary>
    /// <exception cref="CampaignException">Two trials have the same id.</exception>
    public static string[] Of(CampaignDefinition definition, CellGrid grid)
    {
        var fragments = Fragments(definition);
        int[] sorted = [.. Enumerable.Range(0, grid.AxisCount).OrderBy(i => definition.Axes[i].Name, StringComparer.Ordinal)];
        byte[][] repeats = [.. Enumerable.Range(1, definition.Repeats).Select(r => Utf8(FormattableString.Invariant($"repeat={r}\n")))];
        var heading = Utf8($"{definition.Name}\n");
        var ids = new string[grid.Cells.Length * definition.Repeats];
        var text = new ArrayBufferWriter<byte>(256);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < ids.Length; i++)
        {
            var (cell, repeat) = Math.DivRem(i, definition.Repeats);
            text.ResetWrittenCount();
            text.Write(heading);
            foreach (var axis in sorted)
            {
                var level = grid.Level(cell, axis);
                text.Write(level == CellGrid.DoesNotApply ? [] : fragments[axis][level]);
            }

            text.Write(repeats[repeat]);
            SHA256.HashData(text.WrittenSpan, hash);
            ids[i] = Convert.ToHexStringLower(hash[..IdBytes]);
        }

        CheckDistinct(definition, grid, ids);
        return ids;
    }

    /// <summary>For each axis and level its line; empty for the default.</summary>
    private static byte[][][] Fragments(CampaignDefinition definition) =>
        [.. definition.Axes.Select(axis => axis.Values
            .Select(value => value.Canonical == axis.Default?.Canonical ? [] : Utf8($"{axis.Name}={value.Canonical}\n"))
            .ToArray())];

    private static void CheckDistinct(CampaignDefinition definition, CellGrid grid, string[] ids)
    {
        var seen = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            if (!seen.TryAdd(ids[i], i))
            {
                throw new CampaignException([new Diagnostic(
                    DiagnosticSeverity.Error,
                    new SourceSpan(definition.File),
                    $"{Describe(seen[ids[i]])} and {Describe(i)} have the same trial id {ids[i]} by chance.",
                    "Change the campaign's name by a letter: ids are made of it, and all of them change.")]);
            }
        }

        string Describe(int trial) =>
            FormattableString.Invariant($"Repeat {(trial % definition.Repeats) + 1} of cell {grid.Cells[trial / definition.Repeats]}");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
