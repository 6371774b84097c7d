using System.Collections.Immutable;
using System.Text.Json;
using Campaign.Testbeds;

namespace Campaign.Importing.Pos;

/// <summary>What a result folder says of allocation and nodes, without secrets. Variables of loops are not here: each run has its own.</summary>
internal static class PosFacts
{
    private const string Loop = "loop";

    /// <param name="root">A result folder.</param>
    /// <param name="unreadable">Files that are no JSON, relative to the folder, each with why.</param>
    public static ImmutableArray<Fact> Of(string root, out ImmutableArray<string> unreadable)
    {
        var config = Path.Combine(root, "config");
        var (facts, damaged) = (new SortedDictionary<string, string>(StringComparer.Ordinal), ImmutableArray.CreateBuilder<string>());
        string[] files = Directory.Exists(config) ? Directory.GetFiles(config, "*.json", SearchOption.AllDirectories) : [];
        foreach (var path in files.Order(StringComparer.Ordinal))
        {
            try
            {
                using var json = JsonDocument.Parse(File.ReadAllBytes(path));
                if (json.RootElement.ValueKind == JsonValueKind.Object)
                {
                    Add(facts, Path.GetRelativePath(config, path).Split(Path.DirectorySeparatorChar), json.RootElement);
                }
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
            {
                damaged.Add($"{Path.GetRelativePath(root, path)}: {e.Message.TrimEnd('.')}");
            }
        }

        unreadable = damaged.ToImmutable();
        return [.. facts.Select(f => new Fact(f.Key, f.Value))];
    }

    private static void Add(SortedDictionary<string, string> facts, string[] place, JsonElement json)
    {
        switch (place)
        {
            case ["allocation.json"]:
                Allocation(facts, json);
                break;
            case [var file] when file.EndsWith("_variables.json", StringComparison.Ordinal):
                Variables(facts, json);
                break;
            case [var file]:
                Take(facts, $"node.{Path.GetFileNameWithoutExtension(file)}", json, "type", "description", "processor", "memory", "image");
                break;
            case [var node, "hardware.json"]:
                Hardware(facts, $"node.{node}", json);
                break;
        }
    }

    private static void Allocation(SortedDictionary<string, string> facts, JsonElement json)
    {
        Take(facts, "allocation", json, "id", "owner", "created", "result_folder");
        foreach (var (nodes, name) in new[] { ("images", "image"), ("bootparameters", "bootparameters") })
        {
            foreach (var node in Members(json, nodes))
            {
                Set(facts, $"node.{node.Name}.{name}", node.Value.ValueKind == JsonValueKind.Object
                    ? string.Join(' ', Members(node.Value).Select(p => p.Value.ValueKind == JsonValueKind.Null || Text(p.Value).Length == 0 ? PosSecrets.Without(p.Name, PosSecrets.IsSecret) : $"{p.Name}={Text(p.Value)}"))
                    : Text(node.Value));
            }
        }

        if (json.TryGetProperty("variables", out var variables))
        {
            Variables(facts, variables);
        }
    }

    private static void Variables(SortedDictionary<string, string> facts, JsonElement json)
    {
        foreach (var scope in Members(json).Where(s => s.Name != Loop))
        {
            Leaves(facts, scope.Name == "global" ? "variable" : $"node.{scope.Name}.variable", scope.Value);
        }
    }

    private static void Leaves(SortedDictionary<string, string> facts, string name, JsonElement json)
    {
        foreach (var member in Members(json))
        {
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                Leaves(facts, $"{name}.{member.Name}", member.Value);
            }
            else
            {
                Set(facts, $"{name}.{member.Name}", Text(member.Value));
            }
        }
    }

    private static void Hardware(SortedDictionary<string, string> facts, string node, JsonElement json)
    {
        foreach (var (kind, names) in new (string, string[])[]
        {
            ("motherboard", ["vendor", "model"]), ("processor", ["vendor", "model"]), ("network", ["vendor", "model", "firmware"]),
        })
        {
            if (json.TryGetProperty(kind, out var parts))
            {
                Set(facts, $"{node}.{kind}", string.Join("; ", (parts.ValueKind == JsonValueKind.Array ? [.. parts.EnumerateArray()] : new[] { parts })
                    .Select(part => string.Join(' ', names.SelectMany(n => Members(part).Where(m => m.Name == n)).Select(m => Text(m.Value))))));
            }
        }

        foreach (var size in Members(json, "memory").Where(m => m.Name == "installed_capacity_bytes"))
        {
            Set(facts, $"{node}.memory", $"{Text(size.Value)} bytes");
        }
    }

    private static void Take(SortedDictionary<string, string> facts, string of, JsonElement json, params string[] names)
    {
        foreach (var member in Members(json).Where(m => names.Contains(m.Name)))
        {
            Set(facts, $"{of}.{member.Name}", Text(member.Value));
        }
    }

    // The image of an allocation says more than the node's own description: allocation.json comes first, and stays.
    private static void Set(SortedDictionary<string, string> facts, string name, string value)
    {
        if (value.Length > 0)
        {
            facts.TryAdd(name, value);
        }
    }

    private static IEnumerable<JsonProperty> Members(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().Where(p => !PosSecrets.IsSecret(p.Name)) : [];

    private static IEnumerable<JsonProperty> Members(JsonElement json, string name) => json.TryGetProperty(name, out var member) ? Members(member) : [];

    // Objects within lists may hold anything.
    private static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Object => "",
        JsonValueKind.Array => string.Join(", ", json.EnumerateArray().Select(Text).Where(t => t.Length > 0)),
        JsonValueKind.String => PosSecrets.Without(json.GetString()!, PosSecrets.IsSecret),
        _ => json.GetRawText(),
    };
}
