using Campaign.Diagnostics;

namespace Campaign.Testbeds.Virtual.Images;

/// <summary>What the host must have, and how it is got.</summary>
internal static class Prerequisites
{
    private static readonly (string Program, string Package)[] Needed =
    [
        ("qemu-system-x86_64", "qemu-system-x86"),
        ("mmdebstrap", "mmdebstrap"),
        ("mksquashfs", "squashfs-tools"),
        ("xz", "xz-utils"),
        ("setpriv", "util-linux"),
    ];

    /// <summary>How mmdebstrap becomes root for this user.</summary>
    public static string Mode => Environment.IsPrivilegedProcess ? "root" : "unshare";

    /// <summary>Debian packages that are missing.</summary>
    public static string[] Missing() =>
    [
        .. Needed.Where(n => Tool.Find(n.Program) is null).Select(n => n.Package),
        .. Mode == "unshare" && Tool.Find("newuidmap") is null ? ["uidmap"] : Array.Empty<string>(),
    ];

    /// <summary>Sentences about what else stands in the way; empty when nothing does.</summary>
    public static IEnumerable<string> Obstacles()
    {
        if (!OperatingSystem.IsLinux() || Tool.Find("apt-get") is null)
            yield return "The images are made by Debian's tools, and this machine has no apt-get. Use Debian, or a container of it.";

        var user = Environment.UserName;
        if (Mode == "unshare" && !HasSubordinates(user))
            yield return $"The user {user} has no range of subordinate users, with which images are made without root. As root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 {user}";
    }

    /// <summary>Sees to it that everything is there; root gets missing packages installed, others are told what to install.</summary>
    /// <exception cref="CampaignException">Exit code 6: something is missing.</exception>
    public static async Task EnsureAsync(Action<string> print, CancellationToken cancellationToken)
    {
        string[] obstacles = [.. Obstacles()];
        if (obstacles.Length > 0)
            throw Unavailable(obstacles[0]);

        var missing = Missing();
        if (missing.Length == 0)
            return;

        if (Mode != "root")
            throw Unavailable($"It needs Debian packages that are not installed: sudo apt-get install {string.Join(' ', missing)}");

        print($"Installing the Debian packages {string.Join(", ", missing)}.");
        await Tool.RunAsync("apt-get", ["-qq", "update"], cancellationToken);
        var (exit, output, errors) = await Tool.RunAsync(
            "env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y", "--no-install-recommends", "install", .. missing], cancellationToken);
        if (exit != 0 || Missing().Length > 0)
            throw Unavailable($"The Debian packages {string.Join(", ", missing)} could not be installed: {Last(errors.Length > 0 ? errors : output)}");
    }

    /// <summary>The testbed cannot be had, and what can be done without it.</summary>
    public static CampaignException Unavailable(string reason) => new(
        $"The virtual testbed is not available. {reason}", ExitCode.Testbed,
        "'campaign testbed check virtual' says what is there. To measure on this machine as it is, run again with --testbed local.");

    private static bool HasSubordinates(string user) => File.Exists("/etc/subuid") && File.ReadLines("/etc/subuid").Any(l => l.StartsWith(user + ":", StringComparison.Ordinal));

    private static string Last(string text) => text.Trim().Split('\n')[^1];
}
