using System.Globalization;

namespace Campaign.Testbeds.Virtual.Images;

/// <summary>
/// Entries that were made once and are used by any number of machines. An entry is a folder named by the digest of its recipe; it gets that name by one rename when
/// it is complete, so that there is never half of one.
/// </summary>
/// <param name="folder">Of the cache.</param>
/// <param name="print">Takes lines for people.</param>
/// <param name="time">Wall clock and delays.</param>
internal sealed class ImageCache(string folder, Action<string> print, TimeProvider time)
{
    private const string Staging = ".staging-";
    private const string IdentityFile = "identity";

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly string _images = Directory.CreateDirectory(Path.Combine(folder, "images")).FullName;

    /// <summary>Complete entries.</summary>
    public IEnumerable<CachedImage> All => Directory.GetDirectories(_images)
        .Where(d => !Path.GetFileName(d).StartsWith('.'))
        .Order(StringComparer.Ordinal)
        .Select(d => new CachedImage(d, File.ReadAllText(Path.Combine(d, IdentityFile)).Trim()));

    /// <summary>The entry of a recipe, when it has been made.</summary>
    public CachedImage? Find(ImageRecipe recipe)
    {
        var path = Path.Combine(_images, recipe.Key);
        return Directory.Exists(path) ? new CachedImage(path, File.ReadAllText(Path.Combine(path, IdentityFile)).Trim()) : null;
    }

    /// <summary>The entry of a recipe; made now if it is not there. Of several processes that want it, one makes it and the others wait.</summary>
    /// <exception cref="TestbedException">It could not be made; the message has the end of what its tools said, and where the rest is.</exception>
    public async Task<CachedImage> GetAsync(ImageRecipe recipe, CancellationToken cancellationToken)
    {
        if (Find(recipe) is { } there)
            return there;

        using var held = await LockAsync(recipe, cancellationToken);
        return Find(recipe) ?? await MakeAsync(recipe, cancellationToken);
    }

    /// <summary>Removes entries, and what interrupted builds left.</summary>
    /// <param name="unwanted">Which.</param>
    /// <returns>How many entries went, and their bytes.</returns>
    public (int Count, long Bytes) Clean(Func<CachedImage, bool> unwanted)
    {
        CachedImage[] old = [.. All.Where(unwanted)];
        var bytes = old.Sum(i => i.Bytes);
        foreach (var image in old)
            Directory.Delete(image.Path, recursive: true);

        foreach (var left in Directory.GetDirectories(_images, Staging + "*"))
            Directory.Delete(left, recursive: true);

        return (old.Length, bytes);
    }

    private async Task<CachedImage> MakeAsync(ImageRecipe recipe, CancellationToken cancellationToken)
    {
        foreach (var left in Directory.GetDirectories(_images, $"{Staging}{recipe.Name}-*"))
            Directory.Delete(left, recursive: true);

        var started = time.GetTimestamp();
        var identity = string.Create(CultureInfo.InvariantCulture, $"{recipe.Key} {time.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}");
        var staging = Directory.CreateDirectory(Path.Combine(_images, $"{Staging}{recipe.Key}")).FullName;
        print(string.Create(CultureInfo.InvariantCulture, $"Making {recipe.Name}, once (about {recipe.Minutes:0.#} min)."));
        try
        {
            await File.WriteAllTextAsync(Path.Combine(staging, "sources.list"), await AptSources.OfAsync(recipe.Suite, cancellationToken), cancellationToken);
            await RecipeRun.RunAsync(recipe, staging, identity, LogOf(recipe), cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(staging, IdentityFile), identity + "\n", cancellationToken);
            Directory.Move(staging, Path.Combine(_images, recipe.Key));
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }

        var made = Find(recipe)!;
        print(string.Create(CultureInfo.InvariantCulture, $"Made {recipe.Name}: {made.Bytes / 1e6:0} MB in {time.GetElapsedTime(started).TotalSeconds:0} s."));
        return made;
    }

    private string LogOf(ImageRecipe recipe) => Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "logs")).FullName, recipe.Name + ".log");

    private async Task<FileStream> LockAsync(ImageRecipe recipe, CancellationToken cancellationToken)
    {
        for (var first = true; ; first = false)
        {
            try
            {
                return new FileStream(Path.Combine(_images, $".{recipe.Name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (first)
                    print($"Another process makes {recipe.Name}; waiting for it.");

                await Task.Delay(LookAgain, time, cancellationToken);
            }
        }
    }
}

/// <summary>An entry of the cache.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Identity">Recipe and time of making; images carry it inside, too, as <c>/etc/campaign-image</c>.</param>
internal sealed record CachedImage(string Path, string Identity)
{
    /// <summary>For people: <c>root-bookworm-…</c></summary>
    public string Name => System.IO.Path.GetFileName(Path);

    public long Bytes => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);

    public string File(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
