using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Campaign.Definition;

namespace Campaign.Planning;

/// <summary>
/// Names every trial by what it is: the first ten hexadecimal digits of SHA-256 over these lines, each ended by a line feed:
/// the campaign's name; <c>axis=value</c> for every axis that applies and is not at its default, sorted by name, values in
/// their canonical text; <c>repeat=n</c>. So the same trial has the same id on every machine, and an axis that is added later
/// with a default changes none.
/// </summary>
/// <remarks>
/// Ten digits of chance agree in one of 25 plans with 300 000 trials. Trials that agree by chance are told apart by twenty digits, all
/// of them, whichever comes first.
/// </remarks>
internal static class TrialIds
{
    private const int IdBytes = 5;
    private const int LongIdBytes = 10;

    /// <summary>Ids of all trials: those of the first cell's repeats first.</summary>
    public static string[] Of(CampaignDefinition definition, CellGrid grid)
    {
        using var names = new Names(definition, grid);
        var ids = new string[grid.Cells.Length * definition.Repeats];
        var trialOf = new Dictionary<ulong, int>(ids.Length);
        var ambiguous = new HashSet<int>();
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = names.Of(i, IdBytes, out var number);
            if (!trialOf.TryAdd(number, i))
            {
                ambiguous.UnionWith([i, trialOf[number]]);
            }
        }

        foreach (var trial in ambiguous)
        {
            ids[trial] = names.Of(trial, LongIdBytes, out _);
        }

        return ids;
    }

    /// <summary>Puts the texts together from parts that are made once, and hashes them.</summary>
    private sealed class Names(CampaignDefinition definition, CellGrid grid) : IDisposable
    {
        private readonly byte[] _heading = Utf8($"{definition.Name}\n");

        /// <summary>For each axis and level its line; empty for the default.</summary>
        private readonly byte[][][] _lines =
            [.. definition.Axes.Select(axis => axis.Values
                .Select(value => value.Canonical == axis.Default?.Canonical ? [] : Utf8($"{axis.Name}={value.Canonical}\n"))
                .ToArray())];

        private readonly int[] _sortedAxes = [.. Enumerable.Range(0, grid.AxisCount).OrderBy(i => definition.Axes[i].Name, StringComparer.Ordinal)];
        private readonly byte[][] _repeats = [.. Enumerable.Range(1, definition.Repeats).Select(r => Utf8(FormattableString.Invariant($"repeat={r}\n")))];
        private readonly ArrayBufferWriter<byte> _text = new(256);
        private readonly byte[] _digest = new byte[SHA256.HashSizeInBytes];

        /// <summary>Kept, since setting up a hash costs more than hashing so little.</summary>
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Dispose() => _hash.Dispose();

        /// <param name="trial">Which trial.</param>
        /// <param name="bytes">How much of the digest the id shows.</param>
        /// <param name="number">The first ten digits as a number.</param>
        public string Of(int trial, int bytes, out ulong number)
        {
            var (cell, repeat) = Math.DivRem(trial, _repeats.Length);
            _text.ResetWrittenCount();
            _text.Write(_heading);
            foreach (var axis in _sortedAxes)
            {
                var level = grid.Level(cell, axis);
                _text.Write(level == CellGrid.DoesNotApply ? [] : _lines[axis][level]);
            }

            _text.Write(_repeats[repeat]);
            _hash.AppendData(_text.WrittenSpan);
            _hash.GetHashAndReset(_digest);
            number = BinaryPrimitives.ReadUInt64BigEndian(_digest) >> (64 - (8 * IdBytes));
            return Convert.ToHexStringLower(_digest.AsSpan(0, bytes));
        }

        private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
    }
}
