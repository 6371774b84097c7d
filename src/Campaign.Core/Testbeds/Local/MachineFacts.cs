using System.Collections.Immutable;
using System.Globalization;
using Campaign.Topology;

namespace Campaign.Testbeds.Local;

/// <summary>What the kernel says of this machine. Facts that it does not tell an ordinary user are left out.</summary>
internal static class MachineFacts
{
    private const int MayChangePriorities = 23;

    public static string BootId => Line("/proc/sys/kernel/random/boot_id") ?? "";

    public static string KernelRelease => Line("/proc/sys/kernel/osrelease") ?? "";

    public static ImmutableArray<Fact> Read()
    {
        var processors = Lines("/proc/cpuinfo");
        (string Name, string? Value)[] facts =
        [
            ("dut.cpu.model", Field(processors, "model name", ':')),
            ("dut.cpu.count", Field(Lines("/proc/self/status"), "Cpus_allowed_list", ':') is { } list ? CpuList.Parse(list).Length.ToString(CultureInfo.InvariantCulture) : null),
            ("dut.cpu.governor", Line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
            ("dut.cpu.mitigations", Mitigations()),
            ("dut.memory", Field(Lines("/proc/meminfo"), "MemTotal", ':')),
            (NodeFacts.KernelRelease, KernelRelease),
            ("dut.kernel.version", Line("/proc/sys/kernel/version")),
            ("dut.kernel.preemption", Preemption()),
            ("dut.kernel.cmdline", Line("/proc/cmdline")),
            ("dut.os", Field(Lines("/etc/os-release"), "PRETTY_NAME", '=')?.Trim('"')),
            ("dut.clocksource", Line("/sys/devices/system/clocksource/clocksource0/current_clocksource")),
            ("dut.virtualised", Virtualised(processors)),
            ("dut.load", Line("/proc/loadavg")),
            ("dut.realtime.allowed", RealtimeAllowed() ? "true" : "false"),
            ("dut.socket_buffer.max", Line("/proc/sys/net/core/rmem_max")),
            (NodeFacts.BootId, BootId),
        ];
        return [.. facts.Where(f => f.Value is { Length: > 0 }).Select(f => new Fact(f.Name, f.Value!))];
    }

    private static string? Preemption() => Line("/sys/kernel/realtime") == "1" ? "PREEMPT_RT"
        : Line("/proc/sys/kernel/version")?.Split(' ').FirstOrDefault(w => w.StartsWith("PREEMPT", StringComparison.Ordinal)) ?? "none";

    private static string? Virtualised(string[] processors) =>
        Field(processors, "flags", ':')?.Split(' ').Contains("hypervisor") is true
            ? $"true{(Line("/sys/class/dmi/id/sys_vendor") is { Length: > 0 } vendor ? $", {vendor}" : "")}"
            : "false";

    private static string? Mitigations()
    {
        const string folder = "/sys/devices/system/cpu/vulnerabilities";
        return Directory.Exists(folder)
            ? string.Join("; ", Directory.GetFiles(folder).Order(StringComparer.Ordinal)
                .Select(f => (Name: Path.GetFileName(f), Text: Line(f)))
                .Where(f => f.Text is not (null or "Not affected")).Select(f => $"{f.Name}: {f.Text}"))
            : null;
    }

    private static bool RealtimeAllowed()
    {
        var capabilities = Field(Lines("/proc/self/status"), "CapEff", ':');
        var limit = Lines("/proc/self/limits").FirstOrDefault(l => l.StartsWith("Max realtime priority", StringComparison.Ordinal))?
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return (ulong.TryParse(capabilities, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits) && (bits >> MayChangePriorities & 1) == 1)
            || limit is not (null or "0");
    }

    private static string? Field(string[] lines, string name, char separator) =>
        lines.FirstOrDefault(l => l.Split(separator)[0].Trim() == name)?.Split(separator, 2)[^1].Trim();

    private static string? Line(string path) => Lines(path) is [var first, ..] ? first.Trim() : null;

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
