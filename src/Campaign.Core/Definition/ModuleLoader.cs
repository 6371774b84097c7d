using System.Text.RegularExpressions;
using Campaign.Definition.Lua;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>Finds what <c>require</c> asks for: in <c>campaigns/lib</c> and beside the campaign file, nowhere else.</summary>
internal sealed partial class ModuleLoader(CampaignSource source, LuaSources sources)
{
    private readonly string[] _folders =
        [Path.GetDirectoryName(Path.GetFullPath(source.File))!, Path.GetFullPath(Path.Combine(source.ProjectRoot, "campaigns", "lib"))];

    /// <returns>Chunk name and text.</returns>
    /// <exception cref="LuaException">There is no such module.</exception>
    public string[] Load(object? asked)
    {
        if (asked is not string name || !Form.IsMatch(name))
        {
            throw new LuaException($"require wants the name of a module, letters, digits and '_' with dots between them, but was given {OptionTable.Describe(asked)}");
        }

        foreach (var folder in _folders)
        {
            var path = Path.Combine(folder, name.Replace('.', Path.DirectorySeparatorChar) + ".lua");
            if (File.Exists(path) && IsInside(folder, path))
            {
                return [sources.Add(ShownPath.Of(path)), File.ReadAllText(path)];
            }
        }

        throw new LuaException($"there is no module '{name}' in campaigns/lib or beside the campaign file");
    }

    // A link that leads out of the folder is not followed.
    private static bool IsInside(string folder, string path)
    {
        for (var at = path; at.Length > folder.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not null
                && File.ResolveLinkTarget(at, returnFinalTarget: true)?.FullName is var target
                && target?.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) != true)
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^\w+(\.\w+)*$")]
    private static partial Regex Form { get; }
}
