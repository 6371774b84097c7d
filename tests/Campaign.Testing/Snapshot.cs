using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace Campaign.Testing;

/// <summary>
/// Compares text with a checked-in <c>Snapshots/NAME.verified.EXT</c> file beside the test.
/// On a difference it writes <c>NAME.received.EXT</c> and fails; set CAMPAIGN_ACCEPT=1 to accept instead (never in CI).
/// </summary>
public static class Snapshot
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Match(string actual, string extension = "txt", [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(file)!, "Snapshots", Path.GetFileNameWithoutExtension(file));
        var verified = Path.Combine(folder, $"{test}.verified.{extension}");
        var received = Path.Combine(folder, $"{test}.received.{extension}");
        actual = actual.ReplaceLineEndings("\n");

        var expected = File.Exists(verified) ? File.ReadAllText(verified, Utf8).ReplaceLineEndings("\n") : null;
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(folder);
        if (Environment.GetEnvironmentVariable("CAMPAIGN_ACCEPT") == "1" && Environment.GetEnvironmentVariable("CI") is null)
        {
            File.WriteAllText(verified, actual, Utf8);
            return;
        }

        File.WriteAllText(received, actual, Utf8);
        Assert.Fail(expected is null
            ? $"There is no snapshot yet. Read {received}; if it is right, run again with CAMPAIGN_ACCEPT=1."
            : $"The output differs from {verified}. Compare it with {received}; if the new one is right, run again with CAMPAIGN_ACCEPT=1.");
    }
}
