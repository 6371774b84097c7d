using System.Globalization;
using Campaign.Analysis;
using Campaign.Captures;
using Campaign.Captures.Pcap;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Importing;
using Campaign.Importing.Pos;
using Campaign.Reporting;
using Campaign.Reporting.Texts;
using Campaign.Storage;
using Xunit;

namespace Campaign.Tests.Importing;

/// <summary>Small result folders in the layout since 2025, written here.</summary>
public sealed class PosImportSpecs
{
    [Fact]
    public void Values_are_those_of_the_loop_files_whatever_the_numbers_of_the_runs()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 1500, "limit": "750mbit", "offload": true, "share": 0.5, "filesize": 1.0}""");
        pos.Run(7, """{"size": 64, "limit": "250mbit", "offload": false, "share": 0.25, "filesize": 1}""");
        var sweep = pos.Import();

        Assert.Equal(["size", "limit", "offload", "share", "filesize"], sweep.Sweep.Axes.Select(a => a.Name));
        Assert.Equal([[64, 1500], ["250mbit", "750mbit"], [false, true], [0.25, 0.5], [1]], sweep.Sweep.Axes.Select(a => a.Values.Select(Plain).ToArray()));
        Assert.Equal(["run 0: 1500", "run 7: 64"], sweep.Trials.Select(t => $"{Fact(t, ImportFacts.Set)}: {t.Header.Cell[0].Value}"));
        Assert.All(sweep.Trials, t => Assert.Equal((TrialState.Ok, 1), (t.Result.State, t.Header.Repeat)));
        Assert.Equal(new DateTimeOffset(2026, 6, 30, 16, 48, 11, TimeSpan.Zero), sweep.Trials[0].Result.Started);
        Assert.Equal(("pos runs", false), (sweep.Sweep.Imported!.Format, sweep.Sweep.Simulated));
    }

    [Fact]
    public void Counters_of_MoonGen_become_rates_and_loss()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""", received: 75);
        var metrics = Assert.Single(pos.Import().Trials).Result.Metrics.ToDictionary(m => m.Name, m => m.Value);

        Assert.Equal(0.3863, metrics["throughput RX device 1"]);
        Assert.Equal(0.3845, metrics["throughput TX device 0"]);
        Assert.Equal(0.0730, metrics["throughput RX device 1 deviation"]);
        Assert.Equal((100, 75, 25, 25), (metrics["throughput TX device 0 packets"], metrics["throughput RX device 1 packets"], metrics["throughput lost"], metrics["throughput loss"]));
    }

    [Fact]
    public void The_rate_is_the_median_second_because_the_mean_has_parts_of_seconds()
    {
        string[] rates = ["0.1000", "0.4001", "0.4000", "0.3999", "0.0000"];
        var seconds = rates.Select(r => $"[Device: id=0] TX: {r} Mpps, 690.51 Mbit/s (743.63 Mbit/s with framing)");
        var statistics = MoonGenStatistics.Read([.. seconds, PosResults.Log(10, 9).Split('\n')[2]]);

        Assert.Equal(0.4, statistics.Metrics("log").First().Value);
        Assert.Empty(statistics.Unfinished);
        Assert.Equal(["TX device 0"], MoonGenStatistics.Read(seconds).Unfinished);
    }

    [Theory]
    [InlineData("""{"size": 64, "repetition": 1}""", """{"size": 64, "repetition": 2}""", "Repeats are those of the variable repetition.", 1, 2)]
    [InlineData("""{"size": 64, "repeat": 1}""", """{"size": 64, "repeat": 0}""", "Repeats are those of the variable repeat.", 2, 1)]
    [InlineData("""{"size": 64}""", """{"size": 64}""", "1 runs have the values of a run before: they are its repeats, numbered in the order of the runs.", 1, 2)]
    [InlineData("""{"size": 64, "repeat": 1}""", """{"size": 64, "repeat": 1}""", "1 runs have the values of a run before: they are its repeats, numbered in the order of the runs.", 1, 2)]
    public void Repeats_are_those_of_their_variable_or_are_numbered(string first, string second, string said, int one, int other)
    {
        using var pos = new PosResults();
        pos.Run(0, first);
        pos.Run(1, second);
        var sweep = pos.Import();

        Assert.Equal(["size"], sweep.Sweep.Axes.Select(a => a.Name));
        Assert.Equal([one, other], sweep.Trials.Select(t => t.Header.Repeat));
        Assert.Contains(said, sweep.Sweep.Imported!.Limits);
    }

    [Fact]
    public void Nodes_that_contradict_each_other_fail_the_run()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64, "rate": 1}""");
        pos.Script("dut", 0, "loop", """{"rate": 2, "size": 64}""");
        pos.Script("dut", 0, "status", "finished");
        pos.Run(1, """{"size": 64, "rate": 2}""");
        var sweep = pos.Import();
        var trial = sweep.Trials[0];

        Assert.Equal((TrialState.Failed, "measure"), (trial.Result.State, trial.Result.FailedStep));
        Assert.Contains(trial.Result.Reasons, r => r.Contains("contradict each other", StringComparison.Ordinal) && r.Contains("rate=2, size=64", StringComparison.Ordinal));
        Assert.NotEmpty(trial.Result.Metrics);
        Assert.Contains(Analyst.Analyse(sweep).Findings, f => f.Text.StartsWith("1 trial failed and counts nowhere (no values, repeat 1).", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_values_in_another_order_are_no_contradiction()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64, "rate": 1}""");
        pos.Script("dut", 0, "loop", """{"rate": 1.0, "size": 64}""");
        pos.Script("dut", 0, "status", "finished");

        Assert.Equal(TrialState.Ok, Assert.Single(pos.Import().Trials).Result.State);
    }

    [Fact]
    public void A_broken_loop_file_fails_its_run_and_no_other()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64""");
        pos.Run(1, """{"size": 64}""");
        pos.Run(2, "[64]");
        var trials = pos.Import().Trials;

        Assert.Equal([TrialState.Failed, TrialState.Ok, TrialState.Failed], trials.Select(t => t.Result.State));
        Assert.Contains(trials[0].Result.Reasons, r => r.StartsWith("The loop file loadgen/", StringComparison.Ordinal) && r.Contains("_run00.loop cannot be read", StringComparison.Ordinal));
        Assert.Contains(trials[2].Result.Reasons, r => r.Contains("holds no object, but array", StringComparison.Ordinal));
    }

    [Fact]
    public void A_node_without_loop_file_is_a_remark_and_a_run_without_any_fails()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        pos.Script("dut", 0, "status", "finished");
        pos.Script("dut", 1, "status", "finished");
        pos.Write("scripts/loadgen/2026-06-30_16-39-40_925810_setup.stdout", "no run, no trial");
        var trials = pos.Import().Trials;

        Assert.Equal([TrialState.Degraded, TrialState.Failed], trials.Select(t => t.Result.State));
        Assert.Contains(trials[0].Result.Reasons, r => r.StartsWith("dut has no loop file of it", StringComparison.Ordinal));
        Assert.Contains("No node has a loop file of it, so nobody knows what was measured.", trials[1].Result.Reasons);
    }

    [Theory]
    [InlineData("running", "The command 'measure' on loadgen did not finish: its status is 'running'.")]
    [InlineData("finished with exit code 3", "The command 'measure' on loadgen ended with exit code 3.")]
    [InlineData(null, "The command 'measure' on loadgen has no status: it never finished.")]
    public void A_command_that_did_not_end_well_fails_its_run(string? status, string reason)
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        pos.Run(1, """{"size": 128}""");
        File.Delete(Directory.EnumerateFiles(pos.Path, "*_run01.status", SearchOption.AllDirectories).Single());
        if (status is not null)
            pos.Script("loadgen", 1, "status", status + "\n");
        pos.Script("loadgen", 0, "stderr", "+ MOONGEN_DIR=/root/moongen\n");
        pos.Script("loadgen", 0, "status", "finished, exit code 0\n");
        var trials = pos.Import().Trials;

        Assert.Equal([TrialState.Ok, TrialState.Failed], trials.Select(t => t.Result.State));
        Assert.Equal([reason], trials[1].Result.Reasons);
    }

    [Fact]
    public void Output_that_pos_cut_is_a_remark()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        pos.Script("loadgen", 0, "stdout", new string('x', 1_000_009));
        var trial = Assert.Single(pos.Import().Trials);

        Assert.Equal(TrialState.Degraded, trial.Result.State);
        Assert.Contains("1000009 bytes: pos cut it there", Assert.Single(trial.Result.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_brought_nothing_fails_and_says_what_the_others_have()
    {
        using var pos = new PosResults();
        for (var run = 0; run < 3; run++)
            pos.Run(run, string.Create(CultureInfo.InvariantCulture, $$"""{"size": {{run}}}"""));
        File.Delete(Path.Combine(pos.Path, "files/loadgen/throughput_run01.log"));
        var trials = pos.Import().Trials;

        Assert.Equal([TrialState.Ok, TrialState.Failed, TrialState.Ok], trials.Select(t => t.Result.State));
        Assert.Contains("throughput.log of loadgen is missing; 2 of 3 runs have it.", trials[1].Result.Reasons);
        Assert.Contains("It has brought nothing but the output of its commands, in which no counter of MoonGen is.", trials[1].Result.Reasons);
    }

    [Theory]
    [InlineData("""b'one\ntwo \xe2\x80\x98x\xe2\x80\x99 \'q\' \\n\t.'""", "one\ntwo ‘x’ 'q' \\n\t.")]
    [InlineData("""b"it's"  """, "it's")]
    [InlineData("b''", "")]
    [InlineData("plain b'x'", "plain b'x'")]
    [InlineData("""b'cut \x""", "cut x")]
    public void What_Python_prints_of_bytes_is_read_as_text(string printed, string text) => Assert.Equal(text, PythonBytes.Decode(printed));

    [Fact]
    public void Counters_in_an_output_that_Python_printed_are_found()
    {
        using var pos = new PosResults();
        pos.Script("loadgen", 0, "loop", """{"size": 64}""");
        pos.Script("loadgen", 0, "stdout", $"b'{PosResults.Log(100, 50).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\e", "\\x1b", StringComparison.Ordinal)}'");
        var sweep = pos.Import();

        Assert.Contains(Assert.Single(sweep.Trials).Result.Metrics, m => m is { Name: "measure loss", Value: 50, Unit: "%" });
        Assert.Contains("No command left a status, so nobody knows whether they came to their end.", sweep.Sweep.Imported!.Limits);
    }

    [Fact]
    public void A_histogram_is_the_latency_of_its_run_without_a_loss_that_nobody_counted()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        pos.Write("files/loadgen/logs_run00/hist.csv", "lat_ns,count\n2000,1\n1000,8\n1100,1\n");
        var measurement = Assert.Single(pos.Import().Trials).Result.Measurement!;

        Assert.Equal([(1000L, 8L), (1100, 1), (2000, 1)], measurement.Evaluation.Latencies.Values.Zip(measurement.Evaluation.Latencies.Counts));
        Assert.Equal((0, 0), (measurement.Evaluation.Pre.Packets, measurement.Evaluation.Lost));
        Assert.False(measurement.Knows(Unknown.Counts));
        Assert.False(measurement.Knows(Unknown.Maximum));
        Assert.False(measurement.Knows(Unknown.Mean));
    }

    [Theory]
    [InlineData("hist_run00.csv", "lat_ns,count\n1000,8\n1100,many\n", "cannot be read: line 3 is '1100,many'.")]
    [InlineData("hist_run00.csv", "lat_ns,count\n", "holds no latency.")]
    [InlineData("hist_run00.csv.zst", "not packed", "cannot be read: ")]
    public void A_damaged_histogram_fails_its_run_unless_there_are_other_figures(string name, string content, string reason)
    {
        using var pos = new PosResults();
        foreach (var run in new[] { 0, 1 })
        {
            pos.Run(run, """{"size": 64}""");
            pos.Write($"files/loadgen/{name.Replace("00", $"0{run}", StringComparison.Ordinal)}", content);
        }

        File.Delete(Path.Combine(pos.Path, "files/loadgen/throughput_run00.log"));
        var trials = pos.Import().Trials;

        Assert.Equal([(TrialState.Failed, "evaluate"), (TrialState.Degraded, "")], trials.Select(t => (t.Result.State, t.Result.FailedStep)));
        Assert.Contains(trials[0].Result.Reasons, r => r.StartsWith($"The histogram loadgen/{name} {reason}", StringComparison.Ordinal));
        Assert.StartsWith($"The histogram loadgen/{name.Replace("00", "01", StringComparison.Ordinal)} {reason}", trials[1].Result.Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("history_run00.csv", "second,packets\n1,2\n")]
    [InlineData("hist_run00.csv", "time,event\n12:00,started\n")]
    [InlineData("hist_run00.csv", "time,size,event\n1,2,3\n")]
    public void A_table_of_something_else_is_no_histogram(string name, string content)
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        pos.Write($"files/loadgen/{name}", content);
        var trial = Assert.Single(pos.Import().Trials);

        Assert.Equal((TrialState.Ok, null), (trial.Result.State, trial.Result.Measurement));
        Assert.Empty(trial.Result.Reasons);
    }

    [Fact]
    public void A_histogram_that_can_be_used_stands_in_for_one_that_cannot()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        pos.Write("files/loadgen/hist-a_run00.csv", "");
        pos.Write("files/loadgen/hist-b_run00.csv", "1000,8\n");
        pos.Write("files/loadgen/hist-c_run00.csv", "1000,9\n");
        var trial = Assert.Single(pos.Import().Trials);

        Assert.Equal(8, trial.Result.Measurement!.Evaluation.Matched);
        Assert.Equal(
            ["The histogram loadgen/hist-a_run00.csv holds no latency.", "The latencies are those of loadgen/hist-b_run00.csv; loadgen/hist-c_run00.csv was not read."], trial.Result.Reasons);
    }

    [Fact]
    public void Captures_of_different_folders_are_no_pair()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        Captures(pos, 0);
        pos.Write("files/loadgen/second/notes_run00.txt", "");
        File.Move(Path.Combine(pos.Path, "files/loadgen/latencies-post_run00.pcap"), Path.Combine(pos.Path, "files/loadgen/second/latencies-post_run00.pcap"));

        Assert.Null(Assert.Single(pos.Import().Trials).Result.Measurement);
    }

    [Theory]
    [InlineData("gitlab_token")]
    [InlineData("wifi_passphrase")]
    [InlineData("rootpwd")]
    [InlineData("wpa_psk")]
    [InlineData("ssh_key")]
    public void A_variable_that_is_called_a_secret_is_no_axis_and_its_runs_remain(string name)
    {
        const string Secret = "5f1d2c3b4a";
        using var pos = new PosResults();
        pos.Run(0, $$$"""{"pkt_size": 64, "token_bucket_rate": 5, "{{{name}}}": "{{{Secret}}}"}""");
        pos.Run(1, $$$"""{"pkt_size": 64, "token_bucket_rate": 5, "{{{name}}}": "{{{Secret}}}6"}""");
        var sweep = pos.Import();

        Assert.Equal(["pkt_size", "token_bucket_rate"], sweep.Sweep.Axes.Select(a => a.Name));
        Assert.Equal([1, 2], sweep.Trials.Select(t => t.Header.Repeat));
        Assert.Contains("1 runs have the values of a run before: they are its repeats, numbered in the order of the runs.", sweep.Sweep.Imported!.Limits);
        Assert.DoesNotContain(Secret, Reporter.Page(sweep, Analyst.Analyse(sweep)), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_within_a_variable_are_left_out()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"srv": {"password": "x", "port": 1.0, "port": 2}, "all": [{"psk": "x"}, "root_password=x,y quiet", null], "boot": "isolcpus=1,2 token=x"}""");
        var sweep = pos.Import();

        Assert.Equal(["""{"port":1.0,"port":2}""", """[{},"quiet",null]""", "isolcpus=1,2"], sweep.Sweep.Axes.Select(a => a.Values.Single().ToString()));
    }

    [Theory]
    [InlineData("isolcpus=1,2 nosmt", "isolcpus=1,2 nosmt")]
    [InlineData("a=1, b = 2,  c", "a=1, b = 2,  c")]
    [InlineData("root_password=x isolcpus=1,2", "isolcpus=1,2")]
    [InlineData("isolcpus=1,root_password=x,y nosmt", "isolcpus=1 nosmt")]
    [InlineData("quiet password = \"x y\", nosmt", "quiet, nosmt")]
    [InlineData("init=password=x", "")]
    [InlineData("pkt_size=64 pass=x wpa.psk=x api_key=x", "pkt_size=64")]
    public void Of_a_text_what_is_called_a_secret_is_left_out(string text, string left) => Assert.Equal(left, PosSecrets.Without(text, PosSecrets.IsSecret));

    [Fact]
    public void A_pair_of_captures_is_evaluated_like_any_other_and_refused_when_it_is_damaged()
    {
        using var pos = new PosResults();
        foreach (var run in new[] { 0, 1 })
        {
            pos.Run(run, string.Create(CultureInfo.InvariantCulture, $$"""{"pkt_rate": {{1000 + run}}}"""));
            Captures(pos, run);
        }

        using (var cut = new FileStream(Path.Combine(pos.Path, "files/loadgen/latencies-post_run01.pcap"), FileMode.Open))
            cut.SetLength(cut.Length - 5);
        var trials = pos.Import().Trials;

        var evaluation = trials[0].Result.Measurement!.Evaluation;
        Assert.Equal((TrialState.Ok, 100, 99, 1), (trials[0].Result.State, evaluation.Pre.Packets, evaluation.Matched, evaluation.Lost));
        Assert.Equal(5000, evaluation.Latencies.Percentile(0.5));
        Assert.Equal((TrialState.Failed, "evaluate"), (trials[1].Result.State, trials[1].Result.FailedStep));
        Assert.Contains(trials[1].Result.Reasons, r => r.Contains("latencies-post_run01.pcap are not evaluated.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_result_set_of_HVNet_tells_the_latencies_of_its_run()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        Captures(pos, 0);
        var (pre, post) = (Path.Combine(pos.Path, "files/loadgen/latencies-pre_run00.pcap"), Path.Combine(pos.Path, "files/loadgen/latencies-post_run00.pcap"));
        var pair = CapturePair.EvaluateBoth(pre, post, new EvaluationOptions { Identity = PacketIdentity.Hvnet }, TestContext.Current.CancellationToken);
        foreach (var (suffix, content) in Campaign.Captures.Outputs.HvnetCsv.Files(pair))
            pos.Write($"files/evaluator/latencies-pre_run00.pcap.zst{suffix}", content);
        File.Delete(pre);
        File.Delete(post);
        var trial = Assert.Single(pos.Import().Trials);

        Assert.Empty(trial.Result.Reasons);
        Assert.Equal((99, 5000), (trial.Result.Measurement!.Evaluation.Matched, trial.Result.Measurement.Evaluation.Latencies.Maximum));
    }

    [Fact]
    public void More_received_than_sent_is_a_remark_and_no_loss()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""", received: 101);
        var trial = Assert.Single(pos.Import().Trials);

        Assert.Contains("1 packets more received than sent", Assert.Single(trial.Result.Reasons), StringComparison.Ordinal);
        Assert.DoesNotContain(trial.Result.Metrics, m => m.Name.Contains("lo", StringComparison.Ordinal) && m.Unit == "%");
    }

    [Fact]
    public void Energy_is_a_figure_and_a_recording_of_interrupts_lies_in_the_folder_of_its_trial()
    {
        const string Recording = "timestamp_us;LOC_Local timer interrupts_CPU0\n1000000;5\n2000000;9\n";
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        pos.Write("energy/dut/server_run00.csv", "timestamp,current_mA,voltage_V,power_active_W,energy_counter_Wh\n1,400,230,90.5,100.25\n2,410,230,91.5,100.75\n");
        pos.Write("files/dut/irq_run00.csv", Recording);
        var sweep = pos.Import();
        var trial = Assert.Single(sweep.Trials);

        Assert.Contains(new Metric("server power", 91, "W"), trial.Result.Metrics);
        Assert.Contains(new Metric("server energy", 0.5, "Wh"), trial.Result.Metrics);
        var interrupts = ResultsFolder.Interrupts(pos.Results.Trial(sweep.Sweep, 0, trial.Header.Id));
        Assert.Equal(Recording, File.ReadAllText(interrupts!));
        Assert.Equal(["interrupts.csv"], trial.Result.Artefacts);
    }

    [Fact]
    public void Configuration_becomes_facts_without_any_secret()
    {
        const string Secret = "5f1d2c3b4a";
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        pos.Write("config/allocation.json", $$$"""
            {"id": "user_260630_163526", "owner": "user", "created": "2026-06-30 16:35:26", "token": "{{{Secret}}}", "images": {"dut": "debian-trixie"},
             "bootparameters": {"dut": {"isolcpus": "1-3", "nosmt": null}, "text": "quiet root_password={{{Secret}}}", "list": ["quiet", "db.pwd={{{Secret}}}"] }, "variables": {"loop": {"size": [64]}, "global": {"dir": "/root", "db_password": "{{{Secret}}}"} } }
            """);
        pos.Write($"config/{PosResults.Time}_variables.json", $$$"""{"loop": {}, "dut": {"role": "forwarder", "nested": {"api_key": "{{{Secret}}}", "cores": [1, 2]}}, "secrets": {"x": "{{{Secret}}}"} }""");
        pos.Write("config/dut/hardware.json", """{"processor": [{"vendor": "Intel", "model": "Xeon"}], "network": [{"vendor": "Intel", "model": "X540", "firmware": "0x80000389"}], "memory": {"installed_capacity_bytes": 17179869184}}""");
        pos.Write("config/dut/topology.json", "{broken");
        var sweep = pos.Import();
        var facts = sweep.Sweep.Provenance.Facts.ToDictionary(f => f.Name, f => f.Value);

        Assert.Equal("user_260630_163526", facts["allocation.id"]);
        Assert.Equal(("debian-trixie", "isolcpus=1-3 nosmt"), (facts["node.dut.image"], facts["node.dut.bootparameters"]));
        Assert.Equal(("quiet", "quiet"), (facts["node.text.bootparameters"], facts["node.list.bootparameters"]));
        Assert.Equal(("/root", "forwarder", "1, 2"), (facts["variable.dir"], facts["node.dut.variable.role"], facts["node.dut.variable.nested.cores"]));
        Assert.Equal(("Intel Xeon", "Intel X540 0x80000389", "17179869184 bytes"), (facts["node.dut.processor"], facts["node.dut.network"], facts["node.dut.memory"]));
        Assert.DoesNotContain(facts, f => f.Value.Contains(Secret, StringComparison.Ordinal) || f.Key.Contains("loop", StringComparison.Ordinal));
        Assert.Contains(sweep.Sweep.Imported!.Limits, l => l.StartsWith("Not readable: config/dut/topology.json", StringComparison.Ordinal));
    }

    [Fact]
    public void Importing_the_same_folder_again_adds_nothing_and_a_folder_above_finds_it_too()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        var first = pos.Store();

        Assert.Equal(first.Id, pos.Store().Id);
        Assert.Equal(first.Id, pos.Store(pos.Above).Id);
        using var reader = ResultsReader.Open(pos.Results);
        Assert.Single(reader.List());
    }

    [Fact]
    public void An_interrupted_import_goes_on()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        pos.Run(1, """{"size": 128}""");
        using (var writer = ResultsWriter.Open(pos.Results, TimeProvider.System))
        {
            var found = PosResults.Find(pos.Path).Single();
            var begun = writer.BeginSweep(found.Sweep, [.. found.Sweep.Trials.Select(t => t.Id)]);
            var first = begun.Sweep.Trials[0];
            begun.Import([new StoredTrial(begun.Sweep.Id, first, "", PosTrial.Of(first, found.Tree, found.Tree.Runs[0], begun.Sweep.Started).Result with { BootId = "earlier" }, [])]);
        }

        Assert.Equal(["earlier", ""], pos.Import().Trials.Select(t => t.Result.BootId));
    }

    [Fact]
    public void Each_of_several_result_folders_is_a_sweep()
    {
        using var pos = new PosResults();
        pos.Run(0, """{"size": 64}""");
        pos.Write("../2020-10-07_23-22-39_868017/tether/2020-10-07_23-27-11_424401_unknown_run0.loop", """{"size": 64}""");
        pos.Write("../2020-10-07_23-22-39_868017/tether/throughput_run0.log", PosResults.Log(100, 99));

        Assert.Equal(["2020-10-07_23-22-39_868017", PosResults.Time], pos.StoreAll(pos.Above).Select(s => Path.GetFileName(s.Imported!.Source)));
    }

    [Fact]
    public void Without_latencies_the_report_is_what_was_recorded()
    {
        using var pos = new PosResults();
        for (var run = 0; run < 4; run++)
            pos.Run(run, string.Create(CultureInfo.InvariantCulture, $$"""{"pkt_rate": {{(run / 2 + 1) * 100_000}}}"""), received: 100 - run);
        pos.Script("loadgen", 3, "status", "killed");
        var sweep = pos.Import();
        var analysis = Analyst.Analyse(sweep);

        Assert.Contains(analysis.Findings, f => f.Text == "3 of 4 planned trials, in 2 cells, have no latencies, but 11 recorded figures.");
        Assert.Contains(analysis.Findings, f => f.Text == "throughput loss lies between 0.5 % (pkt_rate 100 kpkt/s) and 2 % (pkt_rate 200 kpkt/s).");
        Assert.Contains(analysis.Findings, f => f.Kind == FindingKind.Problem && f.Text.Contains("its status is 'killed'", StringComparison.Ordinal));
        Assert.Equal((0.5, 0, 1), analysis.Cells[0].Metrics.Where(m => m.Name == "throughput loss").Select(m => (m.Spread.Median, m.Spread.Low, m.Spread.High)).Single());
        var page = Reporter.Page(sweep, analysis);
        Assert.Contains("0.5 (0 to 1) %", page, StringComparison.Ordinal);
        Assert.Contains("No trial has latencies", page, StringComparison.Ordinal);
        Assert.Contains("| 200 kpkt/s | 0.3863 Mpps |", ReportText.Of("md", sweep.Sweep, analysis), StringComparison.Ordinal);
        Assert.Contains(",throughput loss,", ReportText.Of("csv", sweep.Sweep, analysis), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config/allocation.json", "No command was looped in")]
    [InlineData("notes.txt", "There is no result folder of pos in")]
    public void A_folder_without_runs_is_said_to_be_one(string file, string message)
    {
        using var pos = new PosResults();
        pos.Write(file, "{}");
        var refusal = Assert.Throws<CampaignException>(() => pos.Store());

        Assert.Equal(ExitCode.Nothing, refusal.Code);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }

    private static void Captures(PosResults pos, int run)
    {
        using var pre = new CaptureWriter(Path.Combine(pos.Path, string.Create(CultureInfo.InvariantCulture, $"files/loadgen/latencies-pre_run0{run}.pcap")));
        using var post = new CaptureWriter(Path.Combine(pos.Path, string.Create(CultureInfo.InvariantCulture, $"files/loadgen/latencies-post_run0{run}.pcap")));
        for (var id = 0; id < 100; id++)
        {
            var frame = new byte[64];
            BitConverter.TryWriteBytes(frame.AsSpan(20), id);
            pre.Write(1_000_000_000 + (id * 1_000_000L), frame);
            if (id != 50)
                post.Write(1_000_005_000 + (id * 1_000_000L), frame);
        }

        pre.Complete();
        post.Complete();
    }

    private static object Plain(Value value) => value switch { Value.Integer whole => (int)whole.Content, Value.Number number => number.Content, Value.Boolean truth => truth.Content, var other => other.ToString() };

    private static string Fact(StoredTrial trial, string name) => trial.Result.Facts.First(f => f.Name == name).Value;
}
