using System.Globalization;
using Campaign.Topology;

namespace Campaign.Testbeds.Observation;

/// <summary>A thread of the device under test.</summary>
/// <param name="Process">Its process.</param>
/// <param name="Name">Its name, which for a main thread is that of the program.</param>
/// <param name="Parent">The process that started its process.</param>
/// <param name="Kernel">Whether it is one of the kernel's own.</param>
/// <param name="Contained">Whether it lives in a container.</param>
/// <param name="Cpus">Where it may run.</param>
internal sealed record ObservedTask(int Process, int Thread, string Name, int Parent, bool Kernel, bool Contained, IReadOnlySet<int> Cpus)
{
    /// <summary>Reads lines <c>/proc/1/task/1/status:Name:	init</c>, as grep prints them.</summary>
    public static IEnumerable<ObservedTask> Read(IEnumerable<string> lines)
    {
        foreach (var group in lines.Select(Split).Where(l => l.Path.Length > 0).GroupBy(l => l.Path, StringComparer.Ordinal))
        {
            var fields = group.GroupBy(l => l.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
            if (fields.TryGetValue("Cpus_allowed_list", out var cpus) && fields.TryGetValue("Tgid", out var process))
                yield return new ObservedTask(
                    Number(process), Number(group.Key.Split('/')[4]), fields.GetValueOrDefault("Name", ""), Number(fields.GetValueOrDefault("PPid", "0")),
                    !fields.ContainsKey("VmSize"), fields.GetValueOrDefault("NSpid", "").Split('\t').Length > 1, CpuList.Parse(cpus).ToHashSet());
        }
    }

    private static (string Path, string Key, string Value) Split(string line) =>
        line.Split(':', 3) is [var path, var key, var value] ? (path, key, value.Trim()) : ("", "", "");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
