using Campaign.Testing;

namespace Campaign.EndToEnd;

/// <summary>Copies of a pair that grow when told to, as if they were being captured.</summary>
internal sealed class GrowingPair : IDisposable
{
    private readonly string _suffix;
    private readonly (byte[] Whole, FileStream Copy)[] _sides;

    /// <param name="pair">What the copies become.</param>
    /// <param name="folder">Where they are.</param>
    /// <param name="suffix">Behind their names until <see cref="Complete"/>.</param>
    public GrowingPair(MadePair pair, TempFolder folder, string suffix = "")
    {
        _suffix = suffix;
        (Pre, Post) = (folder["growing-pre.pcap"], folder["growing-post.pcap"]);
        _sides = [(File.ReadAllBytes(pair.Pre), Open(Pre)), (File.ReadAllBytes(pair.Post), Open(Post))];
    }

    public string Pre { get; }

    public string Post { get; }

    /// <summary>Appends to both until they have a share of what they become, and a few bytes of the next record.</summary>
    public void GrowTo(double share)
    {
        const int fileHeader = 24;
        const int record = 76;
        foreach (var (whole, copy) in _sides)
        {
            var packets = (whole.Length - fileHeader) / record;
            var end = Math.Min(whole.Length, fileHeader + (int)(share * packets) * record + 7);
            copy.Write(whole, (int)copy.Position, end - (int)copy.Position);
            copy.Flush();
        }
    }

    /// <summary>Both get their names.</summary>
    public void Complete()
    {
        File.Move(Pre + _suffix, Pre);
        File.Move(Post + _suffix, Post);
    }

    public void Dispose()
    {
        foreach (var (_, copy) in _sides)
            copy.Dispose();
    }

    private FileStream Open(string path) => new(path + _suffix, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
}
