using System.Globalization;
using System.Text;

namespace Campaign.Reporting;

/// <summary>
/// Files of a report: there whole or not at all. They can be written again from what is stored, so they are not forced to disk. Until a file is whole it is called
/// <c>NAME.PROCESS.part</c>, or with a number behind the process where that is taken, so that two programs may write the same and nobody's own file is overwritten.
/// </summary>
internal static class ReportFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string path, string content)
    {
        var file = Begin(path);
        try
        {
            using (file)
            {
                file.Write(Utf8.GetBytes(content));
            }

            File.Move(file.Name, path, overwrite: true);
        }
        catch
        {
            File.Delete(file.Name);
            throw;
        }
    }

    /// <inheritdoc cref="ReportFile"/>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content; when it fails, what it wrote is deleted and the file is as before.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var file = Begin(path);
        try
        {
            await using (file)
            {
                await write(file);
            }

            File.Move(file.Name, path, overwrite: true);
        }
        catch
        {
            File.Delete(file.Name);
            throw;
        }
    }

    private static FileStream Begin(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var attempt = 1; ; attempt++)
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}{(attempt == 1 ? "" : $"-{attempt}")}.part");
            try
            {
                return new FileStream(part, FileMode.CreateNew, FileAccess.ReadWrite);
            }
            catch (IOException) when (File.Exists(part))
            {
            }
        }
    }
}
