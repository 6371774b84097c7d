using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Testing;

namespace Campaign.Tests.Definition;

/// <summary>A small project on disk, to load campaign texts in.</summary>
internal sealed class Desk : IDisposable
{
    public const string Head = "campaign { name = 'test', testbed = 'bed' }\naxis('rate', { 1000, 5000 })\n";
    public const string Tail = "\nmeasure(function(c, tb) return traffic { rate = c.rate, duration = 1 } end)\n";

    private readonly TempFolder _folder = new();

    public Desk() => _folder.Write(
        "campaigns/testbeds/bed.lua",
        "testbed { driver = 'dry', hosts = { one = { roles = { 'loadgen', 'dut', 'timestamper' }, cpus = '0-3' } }, kernels = { 'stock', 'rt' } }");

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Loads a whole campaign text.</summary>
    public CampaignDefinition Load(string text, TemplateFunction? template = null, params (string Name, string Value)[] settings) => CampaignLoader.Load(
        new CampaignSource(_folder.Write("campaigns/test.lua", text), _folder.Path, null, [.. settings.Select(s => KeyValuePair.Create(s.Name, s.Value))], null),
        template ?? ((name, values) => $"{name} {values}"));

    /// <summary>The mistakes of a text, as <c>line: message</c>.</summary>
    public string[] Mistakes(string text)
    {
        try
        {
            Load(text).Dispose();
            return [];
        }
        catch (CampaignException e)
        {
            return [.. e.Diagnostics.Select(d => FormattableString.Invariant($"{d.Where?.Line}: {d.Message}"))];
        }
    }

    public void Dispose() => _folder.Dispose();
}
