using System.Buffers.Binary;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Tests.Files;

public class DirectoryRecordsTests
{
    [Fact]
    public void NamesAreFoundAndTheDirectoryItselfIsNot()
    {
        var records = new DirectoryRecords([.. Record("."u8), .. Record("a"u8), .. Record(".."u8), .. Record("...b"u8)], "x");
        Assert.True(records.MoveNext());
        Assert.Equal("a"u8, records.Name);
        Assert.Equal((7ul, FileType.Regular), (records.Inode, records.Type));
        Assert.True(records.MoveNext());
        Assert.Equal("...b"u8, records.Name);
        Assert.False(records.MoveNext());
    }

    // Shorter than its own head, longer than what is left, and of no length at all, by which a reader would never end.
    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(25)]
    [InlineData(65535)]
    public void RecordOfAnImpossibleLengthIsAnError(int length)
    {
        var bytes = Record("a"u8);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(16), (ushort)length);
        Assert.Equal(Errno.EBADMSG, Assert.Throws<SyscallException>(() => new DirectoryRecords(bytes, "x").MoveNext()).Errno);
    }

    [Fact]
    public void HeadThatIsCutShortIsAnError() =>
        Assert.Equal(Errno.EBADMSG, Assert.Throws<SyscallException>(() => new DirectoryRecords(Record("a"u8).AsSpan(0, 10), "x").MoveNext()).Errno);

    private static byte[] Record(ReadOnlySpan<byte> name)
    {
        var record = new byte[(19 + name.Length + 1 + 7) & ~7];
        record[0] = 7;
        record[16] = (byte)record.Length;
        record[18] = 8;
        name.CopyTo(record.AsSpan(19));
        return record;
    }
}
