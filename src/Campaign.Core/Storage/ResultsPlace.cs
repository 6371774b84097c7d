namespace Campaign.Storage;

/// <summary>The results folder of a run; of a run that measures nothing, a scratch folder that goes with it.</summary>
internal sealed class ResultsPlace : IDisposable
{
    private readonly bool _scratch;

    /// <param name="folder">Full path of the results folder.</param>
    /// <param name="measures">Whether there will be anything to keep.</param>
    public ResultsPlace(string folder, bool measures)
    {
        _scratch = !measures;
        Folder = new ResultsFolder(measures ? folder : Directory.CreateTempSubdirectory("campaign-dry-").FullName);
    }

    public ResultsFolder Folder { get; }

    public void Dispose()
    {
        if (_scratch)
        {
            Directory.Delete(Folder.Root, recursive: true);
        }
    }
}
