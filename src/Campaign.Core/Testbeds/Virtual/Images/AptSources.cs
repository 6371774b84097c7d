
namespace Campaign.Testbeds.Virtual.Images;

/// <summary>Where Debian packages come from: the host's own sources with the release exchanged, so that a local mirror is used for everything.</summary>
internal static class AptSources
{
    private const string Asked = "$(REPO_URI) $(RELEASE) $(COMPONENT)";

    /// <summary>The host's release, for example <c>bookworm</c>; empty where the host is no Debian.</summary>
    public static string HostSuite => OsRelease("ID") == "debian" ? OsRelease("VERSION_CODENAME") : "";

    /// <summary>Lines of a <c>sources.list</c> for a release.</summary>
    /// <param name="suite">A release, or one with <c>-backports</c>.</param>
    /// <exception cref="TestbedException">The host has no Debian sources.</exception>
    public static async Task<string> OfAsync(string suite, CancellationToken cancellationToken)
    {
        var (exit, output, errors) = await Tool.RunAsync("apt-get", ["indextargets", "--format", Asked, "Created-By: Packages"], cancellationToken);
        if (exit != 0)
            throw new TestbedException($"apt does not say where packages come from: {errors.Trim()}");

        var lines = Lines(output, HostSuite, suite);
        return lines.Length > 0
            ? string.Join('\n', lines) + "\n"
            : throw new TestbedException(
                $"This machine's apt sources have no Debian release '{HostSuite}' from which those of {suite} could be told. Add Debian's sources to /etc/apt.");
    }

    /// <param name="targets">What apt answers: lines of address, release and component.</param>
    /// <param name="host">The host's release.</param>
    /// <param name="suite">The wanted one.</param>
    public static string[] Lines(string targets, string host, string suite)
    {
        var main = suite.EndsWith("-backports", StringComparison.Ordinal) ? "" : suite;
        return [.. targets.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' '))
            .Where(l => l is [_, _, "main"] && (l[1] == host || (main.Length > 0 && (l[1] == $"{host}-updates" || l[1] == $"{host}-security"))))
            .Select(l => $"deb {l[0]} {suite}{l[1][host.Length..]} main")
            .Distinct()];
    }

    private static string OsRelease(string key)
    {
        if (!File.Exists("/etc/os-release"))
            return "";

        var line = File.ReadLines("/etc/os-release").FirstOrDefault(l => l.StartsWith(key + "=", StringComparison.Ordinal));
        return line?[(key.Length + 1)..].Trim('"') ?? "";
    }
}
