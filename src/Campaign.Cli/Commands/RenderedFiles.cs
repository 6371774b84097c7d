using System.Text;
using Campaign.Rendering;

namespace Campaign.Cli.Commands;

/// <summary>A rendered trial as text, or as files in a folder.</summary>
internal static class RenderedFiles
{
    /// <summary>Boot state and files, one below the other, each under its host and path.</summary>
    public static string Text(RenderedTrial trial)
    {
        var text = new StringBuilder($"# {trial.Cell} (trial {trial.Trial.Id}, boot state {trial.Boot.Id})\n");
        foreach (var (name, content) in Files(trial))
        {
            text.Append($"\n## {name}\n{content.TrimEnd('\n')}\n");
        }

        return text.ToString();
    }

    public static async Task WriteAsync(RenderedTrial trial, string folder, CancellationToken cancellationToken)
    {
        foreach (var (name, content) in Files(trial))
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, content, cancellationToken);
        }
    }

    private static IEnumerable<(string Name, string Content)> Files(RenderedTrial trial) =>
        trial.Boot.Hosts
            .Select(b => ($"{b.Key}/boot", $"os: {b.Value.Os ?? "as it is"}\nkernel: {b.Value.Kernel ?? "as it is"}\ncommand line: {b.Value.CommandLine ?? "as it is"}\n"))
            .Concat(trial.Files.Select(f => ($"{f.Host}/{f.Path.TrimStart('/')}", f.Content)));
}
