using System.Buffers.Binary;
using Campaign.Captures.Partitioned;
using Campaign.Testing;
using Xunit;

namespace Campaign.Captures.Tests.Partitioned;

/// <summary>Records in memory and on disk: what was written is read in that order, as often as wanted, and nobody finds the file.</summary>
public sealed class RecordFileSpecs
{
    [Theory]
    [InlineData(0, 25, 0)]
    [InlineData(1, 25, 0)]
    [InlineData(1310, 25, 0)]
    [InlineData(1311, 25, 0)]
    [InlineData(1311, 25, 1)]
    [InlineData(5000, 69, 0)]
    [InlineData(5000, 69, 3)]
    [InlineData(5000, 69, 100)]
    [InlineData(474 * 4, 69, 3)]
    [InlineData(474 * 4 + 1, 69, 3)]
    public void Records_are_read_as_they_were_written(int records, int size, int pages)
    {
        using var folder = new TempFolder();
        using var file = new RecordFile(new PagePool(pages * PagePool.PageSize), folder.Path, size);
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
        using var file = new RecordFile(new PagePool(0), folder.Path, 1024);
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

    [Fact]
    public void Pages_are_used_again_once_a_file_is_done_with()
    {
        var pool = new PagePool(2 * PagePool.PageSize);
        for (var round = 0; round < 5; round++)
        {
            using var file = new RecordFile(pool, "/dev/null/nowhere", 1024);
            for (byte number = 0; number < 90; number++)
                file.Append()[0] = number;
            file.Rewind();
            for (byte number = 0; number < 90; number++, file.Skip())
                Assert.Equal(number, file.Peek()[0]);
        }
    }

    [Fact]
    public void What_fits_into_no_page_needs_a_folder()
    {
        using var file = new RecordFile(new PagePool(0), "/dev/null/nowhere", 1024);
        for (var number = 0; number < 32; number++)
            file.Append();

        Assert.ThrowsAny<IOException>(() => file.Append());
    }
}
