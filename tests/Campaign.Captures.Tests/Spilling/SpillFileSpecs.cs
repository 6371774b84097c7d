using System.Buffers.Binary;
using Campaign.Captures.Spilling;
using Campaign.Testing;
using Xunit;

namespace Campaign.Captures.Tests.Spilling;

/// <summary>Records on disk: what was written is read in that order, as often as wanted, and nobody finds the file.</summary>
public sealed class SpillFileSpecs
{
    [Theory]
    [InlineData(0, 25)]
    [InlineData(1, 25)]
    [InlineData(1310, 25)]
    [InlineData(1311, 25)]
    [InlineData(5000, 69)]
    public void Records_are_read_as_they_were_written(int records, int size)
    {
        using var folder = new TempFolder();
        using var file = new SpillFile(folder.Path, size);
        for (var number = 0; number < records; number++)
            BinaryPrimitives.WriteInt32LittleEndian(file.Append()[^4..], number);

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Equal(records, file.Count);
        for (var round = 0; round < 2; round++)
        {
            file.Rewind();
            for (var number = 0; number < records; number++)
            {
                Assert.Equal(number, BinaryPrimitives.ReadInt32LittleEndian(file.Peek()[^4..]));
                Assert.Equal(size, file.Peek().Length);
                file.Skip();
            }

            Assert.True(file.Peek().IsEmpty);
            Assert.True(file.Peek().IsEmpty);
        }
    }

    [Fact]
    public void Reading_may_begin_anew_before_its_end()
    {
        using var folder = new TempFolder();
        using var file = new SpillFile(folder.Path, 1024);
        for (byte number = 0; number < 100; number++)
            file.Append()[0] = number;

        file.Rewind();
        for (var number = 0; number < 40; number++)
        {
            Assert.Equal(number, file.Peek()[0]);
            file.Skip();
        }

        file.Rewind();

        Assert.Equal(0, file.Peek()[0]);
    }
}
