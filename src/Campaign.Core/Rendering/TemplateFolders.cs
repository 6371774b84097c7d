using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Campaign.Diagnostics;

namespace Campaign.Rendering;

/// <summary>
/// Finds templates by name in a few folders and nowhere else. <c>host/cmdline</c> is the file <c>host/cmdline.sbn</c> beside the
/// campaign or, when there is none, in <c>templates/</c>. Names that lead out of the folders, symbolic links and very large files are refused.
/// </summary>
/// <param name="projectRoot">Paths in messages are relative to this folder.</param>
/// <param name="folders">Where to look, in this order.</param>
internal sealed partial class TemplateFolders(string projectRoot, params IEnumerable<string> folders)
{
    private const string Extension = ".sbn";
    private const int LargestFile = 1 << 20;

    private readonly string _root = Path.GetFullPath(projectRoot);
    private readonly SortedSet<string> _read = new(StringComparer.Ordinal);
    private readonly string[] _folders = [.. folders.Select(Path.GetFullPath)];

    /// <summary>Full paths of the files that were read so far, sorted.</summary>
    public ImmutableArray<string> FilesRead => [.. _read];

    /// <summary>The file of a template.</summary>
    /// <exception cref="TemplateRefusedException">There is none, or it may not be read; the message says why.</exception>
    public string Find(string name)
    {
        if (!SafeName.IsMatch(name))
        {
            throw new TemplateRefusedException(
                $"'{name}' does not name a template.",
                "Names are like host/cmdline: letters, digits, '.', '_' and '-' between slashes, no part that begins with a dot.");
        }

        var file = name.EndsWith(Extension, StringComparison.Ordinal) ? name : name + Extension;
        var folder = _folders.FirstOrDefault(f => File.Exists(Path.Combine(f, file))) ?? throw Unknown(name);
        RefuseLinks(folder, file);
        return Path.Combine(folder, file);
    }

    /// <exception cref="TemplateRefusedException">The file is larger than a template may be.</exception>
    public string Read(string path)
    {
        _read.Add(path);
        var size = new FileInfo(path).Length;
        return size <= LargestFile
            ? File.ReadAllText(path).ReplaceLineEndings("\n")
            : throw new TemplateRefusedException(
                FormattableString.Invariant($"The template '{path}' has {size} bytes; at most {LargestFile} are read."), "Put large files on the hosts by upload.");
    }

    /// <summary>The path that people see: relative to the project, where it lies in it.</summary>
    public string Display(string path)
    {
        var relative = Path.GetRelativePath(_root, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>The file that <see cref="Display"/> was asked about.</summary>
    public string FullPath(string display) => Path.Combine(_root, display);

    private static void RefuseLinks(string folder, string file)
    {
        var path = folder;
        foreach (var part in file.Split('/'))
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is { } target)
            {
                throw new TemplateRefusedException(
                    $"'{path}' is a symbolic link to '{target}'; templates are read only from files of their own.", "Copy the file there.");
            }
        }
    }

    private TemplateRefusedException Unknown(string name)
    {
        string[] known = [.. _folders.Where(Directory.Exists).SelectMany(NamesIn).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var guess = Spelling.Closest(name, known) is { } closest ? $" Did you mean '{closest}'?" : "";
        return new TemplateRefusedException(
            $"There is no template '{name}'.{guess}",
            known.Length == 0
                ? $"Write {name}{Extension} in {string.Join(" or ", _folders.Select(Display))}."
                : $"There are: {string.Join(", ", known)}.");
    }

    private static IEnumerable<string> NamesIn(string folder) => Directory
        .EnumerateFiles(folder, "*" + Extension, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .Select(path => Path.GetRelativePath(folder, path)[..^Extension.Length]);

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\z")]
    private static partial Regex SafeName { get; }
}

/// <summary>A template cannot be read.</summary>
internal sealed class TemplateRefusedException(string message, string hint) : Exception(message)
{
    /// <summary>What to do next.</summary>
    public string Hint { get; } = hint;
}
