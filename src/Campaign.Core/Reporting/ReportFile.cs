using System.Text;

namespace Campaign.Reporting;

/// <summary>Files of a report: there whole or not at all. They can be written again from what is stored, so they are not forced to disk.</summary>
internal static class ReportFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = path + ".part";
        File.WriteAllText(part, content, Utf8);
        File.Move(part, path, overwrite: true);
    }

    /// <inheritdoc cref="ReportFile"/>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content; when it fails, what it wrote is deleted and the file is as before.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = path + ".part";
        try
        {
            await using (var file = File.Create(part))
            {
                await write(file);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
