using System.Collections.Immutable;

namespace Campaign.Definition;

/// <summary>Which campaign to load, on which testbed, with which settings.</summary>
/// <param name="File">Path of the campaign file.</param>
/// <param name="ProjectRoot">The folder with <c>campaigns/</c> and <c>templates/</c>.</param>
/// <param name="Testbed">Name or path of the testbed file; null: the one that the campaign names.</param>
/// <param name="Settings"><c>--set name=value</c>, as typed.</param>
/// <param name="Seed"><c>--seed</c></param>
/// <param name="Profile"><c>--profile</c>: which of the campaign's profiles; null: none.</param>
internal sealed record CampaignSource(
    string File, string ProjectRoot, string? Testbed, ImmutableArray<KeyValuePair<string, string>> Settings, long? Seed, string? Profile = null);

/// <summary>
/// The campaign language's <c>template(name, values)</c>, handed in by the stage that renders: gives the text of a template.
/// </summary>
/// <exception cref="Diagnostics.CampaignException">The template is missing, wrong, or wants a value that it does not get.</exception>
internal delegate string TemplateFunction(string name, Value.Map values);
