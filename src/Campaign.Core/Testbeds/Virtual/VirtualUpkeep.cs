using System.Globalization;
using Campaign.Definition;
using Campaign.Testbeds.Virtual.Images;
using Campaign.Units;

namespace Campaign.Testbeds.Virtual;

/// <summary>What a virtual testbed needs on this machine: what is there, making it, and throwing it away.</summary>
/// <param name="definition">The testbed.</param>
/// <param name="say">Takes lines for people.</param>
internal sealed class VirtualUpkeep(TestbedDefinition definition, Action<string> say, TimeProvider time)
{
    private readonly ImageStore _store = ImageStore.Open(definition, say, time);

    /// <summary>What is needed and whether it is there, without changing anything.</summary>
    public IEnumerable<UpkeepItem> Check()
    {
        foreach (var obstacle in Prerequisites.Obstacles())
            yield return new UpkeepItem("machine", UpkeepState.Missing, obstacle);

        var missing = Prerequisites.Missing();
        yield return missing.Length == 0
            ? new UpkeepItem("packages", UpkeepState.There, "all that is needed")
            : new UpkeepItem(
                "packages", Prerequisites.Mode == "root" ? UpkeepState.WillBeMade : UpkeepState.Missing, $"apt-get install {string.Join(' ', missing)}");
        var rates = string.Join(", ", definition.Rates.Select(r => new PacketRate(r)));
        yield return MeasuredRates.Find(definition.Name).IsEmpty
            ? new UpkeepItem("rates", UpkeepState.There, $"{rates} by the testbed file; 'campaign testbed probe {definition.Name}' measures them")
            : new UpkeepItem("rates", UpkeepState.There, $"{rates}, measured on this machine");
        foreach (var recipe in Recipes())
        {
            yield return _store.Cache.Find(recipe) is { } image
                ? new UpkeepItem(recipe.Name, UpkeepState.There, string.Create(CultureInfo.InvariantCulture, $"{image.Bytes / 1e6:0} MB, {image.Identity.Split(' ')[^1]}"))
                : new UpkeepItem(recipe.Name, UpkeepState.WillBeMade, string.Create(CultureInfo.InvariantCulture, $"takes about {recipe.Minutes:0.#} min, once"));
        }
    }

    /// <summary>Makes all images of the testbed, and the container archives of the thesis' form if wanted.</summary>
    /// <exception cref="Diagnostics.CampaignException">Exit code 6: something is missing.</exception>
    public async Task BuildAsync(bool archives, CancellationToken cancellationToken)
    {
        await Prerequisites.EnsureAsync(say, cancellationToken);
        try
        {
            await Qemu.FindAsync(_store.Cache, _store.Recipes, say, cancellationToken);
            foreach (var recipe in Recipes().Concat(archives ? definition.OperatingSystems.Select(_store.Recipes.Archive) : []))
                await _store.Cache.GetAsync(recipe, cancellationToken);
        }
        catch (TestbedException e)
        {
            throw Prerequisites.Unavailable(e.Message);
        }
    }

    /// <summary>Everything in the cache.</summary>
    public IEnumerable<CachedImage> List() => _store.Cache.All;

    /// <summary>Removes what the recipes of today do not make any more, or everything.</summary>
    /// <returns>Number of images, and bytes.</returns>
    public (int Count, long Bytes) Clean(bool everything)
    {
        HashSet<string> current = [.. Recipes().Append(_store.Recipes.Qemu(AptSources.HostSuite)).Select(r => r.Key)];
        return _store.Cache.Clean(i => everything || !current.Contains(i.Name));
    }

    private IEnumerable<ImageRecipe> Recipes() => definition.OperatingSystems
        .SelectMany(suite => new[] { _store.Recipes.Kernels(suite), _store.Recipes.Root(suite), _store.Recipes.Container(suite) });
}

/// <summary>One thing that a testbed needs.</summary>
internal sealed record UpkeepItem(string Name, UpkeepState State, string Detail);

internal enum UpkeepState
{
    There,

    /// <summary>It is made or installed when it is needed.</summary>
    WillBeMade,

    /// <summary>Somebody has to see to it.</summary>
    Missing,
}
