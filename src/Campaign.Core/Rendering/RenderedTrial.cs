using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Units;

namespace Campaign.Rendering;

/// <summary>A trial with everything that will be put on a host, rendered before anything is touched.</summary>
/// <param name="Trial">The planned trial.</param>
/// <param name="Cell">Its axis values.</param>
/// <param name="Boot">What must be booted.</param>
/// <param name="Files">Files by host and path, in that order.</param>
/// <param name="Inputs">SHA-256 of boot state, files, parameters and the campaign's code: what the result depends on beside the cell.</param>
internal sealed record RenderedTrial(
    PlannedTrial Trial, Cell Cell, BootState Boot, ImmutableArray<HostFile> Files, Digest Inputs);
