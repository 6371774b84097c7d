using System.Globalization;
using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Testing;
using LiteDB;
using Xunit;

namespace Campaign.Tests.Storage;

/// <summary>Finding what was stored, and saying what is not there.</summary>
public sealed class ReaderSpecs : IDisposable
{
    private readonly TempFolder _temp = new();

    private ResultsFolder Folder => new(_temp["results"]);

    [Fact]
    public void An_empty_folder_is_said_to_hold_no_results()
    {
        var nothing = Assert.Throws<CampaignException>(() => ResultsReader.Open(Folder));

        Assert.Equal(ExitCode.Nothing, nothing.Code);
        Assert.Equal($"There are no results in {Folder.Root} yet.", nothing.Message);
    }

    [Fact]
    public void Sweeps_are_found_by_latest_id_beginning_and_campaign()
    {
        var (old, recent) = (SweepSamples.Sweep(1, "base"), SweepSamples.Sweep(2, "quickstart", minute: 1));
        using (var results = ResultsWriter.Open(Folder, TimeProvider.System))
        {
            results.BeginSweep(recent, []);
            results.BeginSweep(old, ["x"]);
            results.BeginSweep(old with { Started = old.Started.AddSeconds(1) }, ["x"], fresh: true);
        }

        using var reader = ResultsReader.Open(Folder);

        Assert.Equal([recent.Id, old.Id + "-2", old.Id], reader.List().Select(s => s.Sweep.Id));
        Assert.Equal(recent.Id, reader.Find().Sweep.Id);
        Assert.Equal(recent.Id, reader.Find("latest").Sweep.Id);
        Assert.Equal(old.Id + "-2", reader.Find("base").Sweep.Id);
        Assert.Equal(old.Id, reader.Find(old.Id).Sweep.Id);
        Assert.Equal(recent.Id, reader.Find($"quickstart/{recent.Id[..4]}").Sweep.Id);
        Assert.Equal(ExitCode.Usage, Assert.Throws<CampaignException>(() => reader.Find(old.Id[..5])).Code);
        Assert.Equal(ExitCode.Nothing, Assert.Throws<CampaignException>(() => reader.Find("elsewhere")).Code);
        Assert.Equal(ExitCode.Nothing, Assert.Throws<CampaignException>(() => reader.Load("elsewhere")).Code);
    }

    [Fact]
    public void Trials_are_found_by_the_beginning_of_an_id_and_by_values()
    {
        var planned = SweepSamples.Sweep(12).Trials;

        Assert.Equal([planned[3]], TrialName.Choose(planned, planned[3].Id[..9]));
        Assert.Equal([planned[0]], TrialName.Choose(planned, "kernel=rt,rate=1e4"));
        Assert.Equal([planned[0]], TrialName.Choose(planned, "rate=10000, kernel=rt, repeat=1"));
        Assert.Equal(6, TrialName.Choose(planned, "kernel=nohz").Length);
        Assert.Equal(ExitCode.Nothing, Assert.Throws<CampaignException>(() => TrialName.Choose(planned, "kernel=rt,os=x")).Code);
        Assert.Equal(ExitCode.Usage, Assert.Throws<CampaignException>(() => TrialName.Choose(planned, "")).Code);
    }

    [Fact]
    public void A_newer_format_is_said()
    {
        Directory.CreateDirectory(Folder.Root);
        using (var newer = new LiteDatabase(new ConnectionString { Filename = Folder.Database, Collation = Collation.Binary }))
        {
            newer.UserVersion = 7;
        }

        using var reader = ResultsReader.Open(Folder);
        foreach (var refused in (CampaignException[])
            [Assert.Throws<CampaignException>(() => reader.List()), Assert.Throws<CampaignException>(() => ResultsWriter.Open(Folder, TimeProvider.System))])
        {
            Assert.Equal(ExitCode.Definition, refused.Code);
            Assert.Contains("in format 7; this one knows formats up to 1", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("this is no database")]
    [InlineData("")]
    public void A_file_that_is_no_database_is_said_without_a_trace(string start)
    {
        _temp.Write("results/campaign.db", start + new string('x', 20_000));

        using var reader = ResultsReader.Open(Folder);
        var refused = Assert.Throws<CampaignException>(() => reader.List());

        Assert.Equal(ExitCode.Definition, refused.Code);
        Assert.StartsWith($"The results database {Folder.Database} cannot be read: ", refused.Message, StringComparison.Ordinal);
        Assert.Throws<CampaignException>(() => ResultsWriter.Open(Folder, TimeProvider.System));
        Assert.StartsWith(start, File.ReadAllText(Folder.Database), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_damaged_database_gives_a_message_and_never_a_trace()
    {
        var planned = SweepSamples.Sweep(8);
        using (var results = ResultsWriter.Open(Folder, TimeProvider.System))
        {
            var sweep = results.BeginSweep(planned, []);
            Enumerable.Range(0, 8).ToList().ForEach(p => sweep.Append(SweepSamples.Finished(planned, p)));
        }

        var whole = await File.ReadAllBytesAsync(Folder.Database, TestContext.Current.CancellationToken);
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var damaged = whole.ToArray();
            random.NextBytes(damaged.AsSpan(random.Next(damaged.Length - 64), 64));
            await File.WriteAllBytesAsync(Folder.Database, damaged[..(round % 3 == 0 ? random.Next(damaged.Length) : damaged.Length)], TestContext.Current.CancellationToken);
            using var reader = ResultsReader.Open(Folder);
            if (Record.Exception(() => reader.List().Select(s => reader.Load(s.Sweep.Id)).ToArray()) is { } thrown)
            {
                Assert.IsType<CampaignException>(thrown);
            }
        }
    }

    [Fact]
    public void The_language_of_the_machine_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
            var planned = SweepSamples.Sweep(2, "QUICK-I");
            using (var results = ResultsWriter.Open(Folder, TimeProvider.System))
            {
                results.BeginSweep(planned, []).Append(SweepSamples.Finished(planned, 0));
            }

            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            using var reader = ResultsReader.Open(Folder);
            Assert.Equal(1, reader.Find("QUICK-I").Ok);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public void Dispose() => _temp.Dispose();
}
