using System.Text.Json;
using System.Text.Json.Nodes;
using Campaign.Definition;
using Campaign.Planning;

namespace Campaign.Storage;

/// <summary>What a sweep was made of, as files: campaign, modules, testbed, parameters, plan.</summary>
internal static class SweepSnapshot
{
    /// <summary>Names relative to the sweep's snapshot, and contents.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(CampaignDefinition definition, Plan plan)
    {
        foreach (var file in definition.SourceFiles.Append(definition.Testbed.File).Distinct(StringComparer.Ordinal))
        {
            yield return KeyValuePair.Create(Path.GetFileName(file), File.ReadAllText(file));
        }

        var parameters = new JsonObject(definition.Parameters.Select(p => KeyValuePair.Create(p.Name, JsonNode.Parse(p.Value.Canonical))));
        yield return KeyValuePair.Create("parameters.json", parameters.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        yield return KeyValuePair.Create("plan.json", PlanJson.Write(plan));
    }
}
