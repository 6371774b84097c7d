using Campaign.Definition;
using Campaign.Rendering;
using Campaign.Testbeds.Virtual.Images;

namespace Campaign.Testbeds.Virtual;

/// <summary>The cache of this machine with the recipes of a project.</summary>
/// <param name="Cache">What was made.</param>
/// <param name="Recipes">What can be made.</param>
internal sealed record ImageStore(ImageCache Cache, Recipes Recipes)
{
    /// <summary>Opens the cache of this user.</summary>
    /// <param name="definition">A testbed of the project whose templates are the recipes.</param>
    public static ImageStore Open(TestbedDefinition definition, Action<string> say, TimeProvider time)
    {
        // Testbed files lie in campaigns/testbeds.
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(definition.File))!, "..", ".."));
        return new ImageStore(
            new ImageCache(CacheFolder.Make(), say, time), new Recipes(new TemplateLibrary(root, definition.File).Render, Prerequisites.Mode));
    }
}
