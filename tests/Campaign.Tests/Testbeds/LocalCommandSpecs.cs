using System.Text;
using Campaign.Definition;
using Campaign.Testbeds;
using Xunit;

namespace Campaign.Tests.Testbeds;

/// <summary>Commands and files of a campaign on this machine.</summary>
[Collection("real processes")]
public sealed class LocalCommandSpecs : IDisposable
{
    private readonly Scene _scene = new("local", ("commands", Value.Of(true)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Commands_need_permission_in_the_testbed_file()
    {
        using var strict = new Scene("local");
        await using var testbed = strict.Open();
        await using var session = await testbed.BeginAsync(strict.Trial(), Token);
        var refusal = await Assert.ThrowsAsync<TestbedException>(() => session.RunAsync("dut", "true", Token));
        Assert.Equal(
            "The testbed 'here' does not run commands on this machine; set commands = true in campaigns/testbeds/here.lua if you trust this campaign.", refusal.Message);
    }

    [Fact]
    public async Task A_command_runs_in_the_host_s_folder_without_the_runner_s_environment()
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        await session.WriteAsync("dut", "/etc/forwarder.conf", Encoding.UTF8.GetBytes("cores=1\n"), Token);
        var outcome = await session.RunAsync("dut", "cat etc/forwarder.conf; env | grep -c DOTNET; pwd; echo oh >&2; exit 3", Token);

        Assert.Equal((3, "oh\n"), (outcome.Exit, outcome.StandardError));
        Assert.Equal($"cores=1\n0\n{_scene.Folder["0123456789/hosts/machine"]}\n", outcome.StandardOutput);
    }

    [Fact]
    public async Task Output_is_cut_off_rather_than_kept_for_ever()
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        var outcome = await session.RunAsync("dut", "yes | head -c 3000000", Token);
        Assert.EndsWith("(cut off here)", outcome.StandardOutput, StringComparison.Ordinal);
        Assert.InRange(outcome.StandardOutput.Length, 1 << 20, (1 << 20) + 20);
    }

    [Fact]
    public async Task A_command_that_is_cancelled_takes_its_children_with_it()
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var fifo = _scene.Folder["0123456789/hosts/machine/alive"];
        var run = session.RunAsync("dut", "mkfifo alive; sleep 1000 > alive & sleep 1000 > alive; wait", stop.Token);
        await session.RunAsync("dut", "until [ -p alive ]; do :; done", Token);

        // A reader of the pipe sees its end only when no process has it open for writing any more.
        await using var reader = new FileStream(fifo, FileMode.Open, FileAccess.Read);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(0, await reader.ReadAsync(new byte[1], Token));
    }

    [Fact]
    public async Task What_runs_in_the_background_ends_when_it_is_stopped_or_with_the_session()
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        var handle = await session.SpawnAsync("dut", "trap 'echo bye; exit 5' TERM; echo > ready; while :; do sleep 0.01; done", Token);
        await session.SpawnAsync("dut", "sleep 1000", Token);
        await session.RunAsync("dut", "until [ -f ready ]; do :; done", Token);
        var outcome = await session.StopAsync(handle, Token);

        Assert.Equal((5, "bye\n"), (outcome.Exit, outcome.StandardOutput));
        await Assert.ThrowsAsync<TestbedException>(() => session.StopAsync(handle, Token));
    }

    [Theory]
    [InlineData("../../../escape")]
    [InlineData("/etc/../../other/escape")]
    public async Task A_path_does_not_lead_out_of_its_host(string path)
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        await Assert.ThrowsAsync<TestbedException>(() => session.WriteAsync("dut", path, new byte[1], Token));
        await Assert.ThrowsAsync<TestbedException>(() => session.ReadAsync("dut", path, Token));
    }

    [Fact]
    public async Task A_symbolic_link_does_not_lead_out_of_its_host_either()
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        await session.RunAsync("dut", "ln -s /etc out", Token);
        await Assert.ThrowsAsync<TestbedException>(() => session.ReadAsync("dut", "/out/hostname", Token));
    }
}
