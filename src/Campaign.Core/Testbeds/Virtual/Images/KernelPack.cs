namespace Campaign.Testbeds.Virtual.Images;

/// <summary>A kernel that can be booted, and what it can do.</summary>
/// <param name="Name">What campaigns call it: <c>stock</c>, <c>nohz</c> or <c>rt</c>.</param>
/// <param name="Folder">Holds <c>vmlinux</c>, <c>initrd</c>, <c>config</c> and <c>release</c>.</param>
/// <param name="Release"><c>uname -r</c></param>
/// <param name="Options">The options that are built in, without <c>CONFIG_</c>.</param>
internal sealed record KernelPack(string Name, string Folder, string Release, IReadOnlySet<string> Options)
{
    /// <summary>Debian's kernel without ticks is its stock kernel, told so on the command line.</summary>
    public const string Nohz = "nohz";

    public bool Realtime => Options.Contains("PREEMPT_RT");

    /// <summary>Whether <c>nohz_full=</c> means something to it; Debian's 5.10 kernels ignore it without a word.</summary>
    public bool NohzFull => Options.Contains("NO_HZ_FULL");

    public string Image => Path.Combine(Folder, "vmlinux");

    public string Initrd => Path.Combine(Folder, "initrd");

    /// <param name="kernels">The entry of a release's kernels.</param>
    /// <param name="name">What the campaign asks for.</param>
    /// <exception cref="TestbedException">The release's kernel cannot be what is asked for.</exception>
    public static KernelPack Read(CachedImage kernels, string suite, string name)
    {
        var folder = kernels.File(name == Nohz ? "stock" : name);
        if (!Directory.Exists(folder))
            throw new TestbedException($"There is no kernel '{name}' of {suite}. There are stock, nohz and rt.");

        HashSet<string> options = [.. File.ReadLines(Path.Combine(folder, "config"))
            .Where(l => l.StartsWith("CONFIG_", StringComparison.Ordinal) && l.EndsWith("=y", StringComparison.Ordinal))
            .Select(l => l["CONFIG_".Length..^"=y".Length])];
        var pack = new KernelPack(name, folder, File.ReadAllText(Path.Combine(folder, "release")).Trim(), options);
        return name != Nohz || pack.NohzFull
            ? pack
            : throw new TestbedException($"The kernel {pack.Release} of {suite} was built without CONFIG_NO_HZ_FULL: it cannot be 'nohz'.");
    }
}
