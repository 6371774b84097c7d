using System.Globalization;
using System.Text.RegularExpressions;
using Campaign.Testbeds.Virtual.Images;

namespace Campaign.Testbeds.Virtual;

/// <summary>The QEMU that machines run on.</summary>
/// <param name="Program">Its path.</param>
/// <param name="Version">For example <c>10.0.2</c>.</param>
/// <param name="Arguments">Where it finds its firmware, when that is not in the usual place.</param>
/// <param name="Modules">Where it finds its modules; null: in the usual place.</param>
/// <param name="Accelerator"><c>kvm</c> or <c>tcg</c>.</param>
internal sealed partial record Qemu(string Program, string Version, IReadOnlyList<string> Arguments, string? Modules, string Accelerator)
{
    private const string Command = "qemu-system-x86_64";

    /// <summary>The first version that emulates Intel's 82576 (<c>igb</c>), a NIC with virtual functions.</summary>
    private const int FirstWithIgb = 8;
    private const int FirstWithFiles = 9;

    /// <summary>The NIC of the device under test: <c>igb</c>, or <c>virtio-net-pci</c> where this QEMU is too old for it.</summary>
    public string Nic => Major(Version) >= FirstWithIgb ? "igb" : "virtio-net-pci";

    /// <summary>How a saved machine gets into a file and out of it, as QEMU's migration wants it; older ones do not open files themselves.</summary>
    public (string Write, string Read) Through(string path) => Major(Version) >= FirstWithFiles ? ($"file:{path}", $"file:{path}") : ($"exec:cat > {path}", $"exec:cat {path}");

    /// <summary>The host's QEMU if it is new enough, else the one of the release's backports, else the host's.</summary>
    /// <exception cref="TestbedException">The host has none that runs.</exception>
    public static async Task<Qemu> FindAsync(ImageCache cache, Recipes recipes, Action<string> print, CancellationToken cancellationToken)
    {
        var own = await VersionAsync(Command, cancellationToken) ?? throw new TestbedException("The host's QEMU does not run. Install Debian's package qemu-system-x86.");
        var host = new Qemu(Tool.Find(Command)!, own, [], null, await AcceleratorAsync(cancellationToken));
        if (Major(own) >= FirstWithIgb || AptSources.HostSuite.Length == 0)
            return host;

        try
        {
            var entry = await cache.GetAsync(recipes.Qemu(AptSources.HostSuite), cancellationToken);
            var program = entry.File("usr", "bin", Command);
            return await VersionAsync(program, cancellationToken) is { } version
                ? host with
                {
                    Program = program,
                    Version = version,
                    Arguments = ["-L", entry.File("usr", "share", "qemu"), "-L", "/usr/share/seabios", "-L", "/usr/share/qemu"],
                    Modules = entry.File("usr", "lib", "x86_64-linux-gnu", "qemu"),
                }
                : host;
        }
        catch (TestbedException e)
        {
            print($"The host's QEMU {own} has no igb, and a newer one is not to be had, so the machine gets virtio NICs. {e.Message}");
            return host;
        }
    }

    /// <summary>KVM where a machine really starts with it: the device file alone says nothing.</summary>
    private static async Task<string> AcceleratorAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists("/dev/kvm"))
            return "tcg";

        // A machine that does nothing but quit; it has a CPU, because there are hosts whose KVM opens but cannot make one.
        var (exit, _, _) = await Tool.RunAsync(
            "sh", ["-c", $"echo quit | timeout 10 {Command} -machine q35 -accel kvm -cpu host -m 64 -nodefaults -display none -monitor stdio -S"], cancellationToken);
        return exit == 0 ? "kvm" : "tcg";
    }

    private static async Task<string?> VersionAsync(string program, CancellationToken cancellationToken)
    {
        if (program == Command && Tool.Find(program) is null)
            return null;

        var (exit, output, _) = await Tool.RunAsync(program, ["--version"], cancellationToken);
        return exit == 0 && VersionNumber.Match(output) is { Success: true } match ? match.Value : null;
    }

    private static int Major(string version) => int.Parse(version.AsSpan(0, version.IndexOf('.', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex VersionNumber { get; }
}
