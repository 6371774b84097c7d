using Deque.AxeCore.Commons;

namespace Campaign.EndToEnd;

/// <summary>What axe-core finds in a page: contrast, names of controls, order of headings, tables, languages.</summary>
internal static class Accessibility
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Violations of any impact, one a line; empty: none.</summary>
    public static async Task<string> ViolationsAsync(Browser browser)
    {
        await browser.EvaluateAsync(Script + "; ''");
        return await browser.EvaluateAsync(
            "axe.run(document).then(found => found.violations.map(v => `${v.impact} ${v.id}: ${v.nodes[0].html.slice(0, 200)}`).join('\\n'))");
    }
}
