using System.Runtime.Versioning;
using Campaign.Testing;

namespace Campaign.EndToEnd;

/// <summary>
/// A cache whose images are the real ones and whose QEMU is a script that builds the machine otherwise than it is told: with another kernel, without a token of the command
/// line, or with the cables of both NICs exchanged.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class WrongCache : IDisposable
{
    private readonly TempFolder _folder = new();

    private WrongCache()
    {
    }

    public Dictionary<string, string> Environment => new() { ["XDG_CACHE_HOME"] = _folder.Path };

    public static WrongCache Make(string fault)
    {
        var home = System.Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".cache");
        var cache = new WrongCache();
        var images = Directory.CreateDirectory(cache._folder["campaign/images"]).FullName;
        foreach (var image in Directory.GetDirectories(Path.Combine(home, "campaign/images")).Where(i => !Path.GetFileName(i).StartsWith('.')))
        {
            var name = Path.GetFileName(image);
            if (name.StartsWith("qemu-", StringComparison.Ordinal))
            {
                Wrap(image, Path.Combine(images, name), fault);
            }
            else
            {
                Directory.CreateSymbolicLink(Path.Combine(images, name), image);
            }
        }

        return cache;
    }

    public void Dispose() => _folder.Dispose();

    private static void Wrap(string real, string wrong, string fault)
    {
        var bin = Directory.CreateDirectory(Path.Combine(wrong, "usr/bin")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(wrong, "usr/share"), Path.Combine(real, "usr/share"));
        Directory.CreateSymbolicLink(Path.Combine(wrong, "usr/lib"), Path.Combine(real, "usr/lib"));
        File.Copy(Path.Combine(real, "identity"), Path.Combine(wrong, "identity"));
        var script = Path.Combine(bin, "qemu-system-x86_64");
        File.WriteAllText(script, Script.Replace("REAL", Path.Combine(real, "usr/bin/qemu-system-x86_64"), StringComparison.Ordinal).Replace("FAULT", fault, StringComparison.Ordinal));
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private const string Script =
        """
        #!/bin/bash
        arguments=() kernel=
        for argument in "$@"; do
          case FAULT:$argument in
            kernel:*/stock/vmlinux) kernel=${argument%/stock/vmlinux}/rt; argument=$kernel/vmlinux ;;
            kernel:/proc/*/fd/*)
              own=$(stat -Lc %s "${kernel%/rt}/stock/initrd")
              { cat "$kernel/initrd"; head -c $(((512 - $(stat -Lc %s "$kernel/initrd") % 512) % 512)) /dev/zero; tail -c +$(((own + 511) / 512 * 512 + 1)) "$argument"; } > "${0%/*}/initrd"
              argument=${0%/*}/initrd ;;
            token:*rcu_nocb_poll*) argument=${argument/ rcu_nocb_poll/} ;;
            nics:igb,id=nic-a,*) argument=${argument/netdev=a/netdev=b} ;;
            nics:igb,id=nic-b,*) argument=${argument/netdev=b/netdev=a} ;;
          esac
          arguments+=("$argument")
        done
        exec REAL "${arguments[@]}"
        """;
}
