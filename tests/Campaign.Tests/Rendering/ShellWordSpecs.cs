using System.Diagnostics;
using System.Text;
using Campaign.Rendering;
using CsCheck;
using Xunit;

namespace Campaign.Tests.Rendering;

public sealed class ShellWordSpecs
{
    [Theory]
    [InlineData("plain-word_1.2", "plain-word_1.2")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$(reboot)", "'$(reboot)'")]
    public void Words_are_quoted_only_where_it_is_needed(string text, string quoted) => Assert.Equal(quoted, ShellWord.Quote(text));

    [Fact]
    public void A_word_cannot_hold_a_nul() => Assert.Throws<ArgumentException>(() => ShellWord.Quote("a\0b"));

    [Fact]
    public async Task A_real_shell_reads_back_every_word()
    {
        var words = new List<string> { "", "-n", "~", "*", "a\nb", "\\", "'", "\"", "''", "!x", "#x", "`id`", "$HOME", "ü€😀", "=x", "{a,b}", "\r\t\u0001" };
        var anything = Gen.Char['\u0001', '\u00ff'].Array[0, 12].Select(c => new string(c));
        var nasty = Gen.Char["'\"\\$`\n ;&|*?[~!(<#=a"].Array[0, 12].Select(c => new string(c));
        Gen.Select(anything, nasty).Sample((a, b) => words.AddRange([a, b]), iter: 1000, threads: 1);

        var script = new StringBuilder();
        foreach (var word in words)
        {
            script.Append(@"printf '%s\0' ").Append(ShellWord.Quote(word)).Append('\n');
        }

        Assert.Equal(words, (await RunAsync(script.ToString(), TestContext.Current.CancellationToken)).Split('\0')[..^1]);
    }

    private static async Task<string> RunAsync(string script, CancellationToken cancellationToken)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        })!;
        var output = shell.StandardOutput.ReadToEndAsync(cancellationToken);
        await shell.StandardInput.WriteAsync(script.AsMemory(), cancellationToken);
        shell.StandardInput.Close();
        await shell.WaitForExitAsync(cancellationToken);
        return await output;
    }
}
