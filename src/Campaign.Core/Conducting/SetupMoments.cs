using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Rendering;
using Campaign.Units;

namespace Campaign.Conducting;

/// <summary>
/// Moments of the testbed right after a set-up, to come back to. A trial may begin at one when it wants the same boot state and the same files, and when everything that the set-up
/// has read of its cell is the same in the trial's: then setting up would do the same again.
/// </summary>
internal sealed class SetupMoments
{
    /// <summary>A moment takes some hundred megabytes of disk.</summary>
    private const int Most = 8;

    private readonly List<SetupMoment> _moments = [];

    /// <summary>The moment that this trial can begin at; null when there is none.</summary>
    public SetupMoment? Find(RenderedTrial trial)
    {
        var found = _moments.Find(m => m.BootState == trial.Boot.Id && m.Files == FilesOf(trial) && m.Read.All(r => trial.Cell[r.Key].Equals(r.Value)));
        if (found is not null)
        {
            // The moments that are used stay.
            _moments.Remove(found);
            _moments.Add(found);
        }

        return found;
    }

    /// <summary>The name under which the next moment is to be kept; it may be that of one that is forgotten for it.</summary>
    public string NextName()
    {
        if (_moments.Count < Most)
        {
            return string.Create(CultureInfo.InvariantCulture, $"setup-{_moments.Count}");
        }

        var oldest = _moments[0];
        _moments.RemoveAt(0);
        return oldest.Name;
    }

    public void Add(SetupMoment moment) => _moments.Add(moment);

    /// <summary>One text for all files that a trial puts on hosts.</summary>
    public static string FilesOf(RenderedTrial trial)
    {
        using var digest = new DigestBuilder();
        foreach (var file in trial.Files)
        {
            digest.Add(file.Host).Add(file.Path).Add(file.Content);
        }

        return digest.ToDigest().Hex;
    }
}

/// <summary>The testbed right after a set-up.</summary>
/// <param name="Name">Under which the testbed keeps it.</param>
/// <param name="BootState">The boot state it is in.</param>
/// <param name="Files">Of <see cref="SetupMoments.FilesOf"/>.</param>
/// <param name="Read">What the set-up read of its cell.</param>
/// <param name="Forwarding">The forwarder that it started.</param>
/// <param name="Disturbance">What it let disturb the node.</param>
internal sealed record SetupMoment(
    string Name, string BootState, string Files, ImmutableSortedDictionary<string, Value> Read, ForwardOptions? Forwarding, DisturbOptions? Disturbance);
