using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;

namespace LxcNative.Native.Tests.Procfs;

public class ProcessDescriptorsTests
{
    [Fact]
    public void OpenFileAndSocketAreListed()
    {
        using var file = FileOpen.Open("/dev/null", OpenFlags.ReadOnly);
        var (first, second) = UnixSocket.Pair(UnixSocketType.Stream);
        using (first)
        using (second)
        {
            var listed = ProcessDescriptors.Read(Environment.ProcessId).ToDictionary(descriptor => descriptor.Number, descriptor => descriptor.Target);
            Assert.Equal("/dev/null", listed[file.Number]);
            Assert.Equal($"socket:[{FileStatus.Read(first).Inode}]", listed[first.Number]);
        }
    }

    [Fact]
    public void InfoTellsPositionFlagsMountAndInode()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var file = FileOpen.Open(path, OpenFlags.WriteOnly | OpenFlags.Append);
            Assert.True(FileLock.TryLock(file));
            var info = ProcessDescriptors.ReadInfo(Environment.ProcessId, file.Number);
            Assert.Equal(0, info.Position);
            Assert.Equal((uint)(OpenFlags.WriteOnly | OpenFlags.Append | OpenFlags.CloseOnExec), info.Flags & ~0x8000u);
            Assert.Equal(FileStatus.Read(file).Inode, info.Inode);
            Assert.Contains(LxcNative.Native.Mounts.MountInfo.ReadSelf(), mount => mount.Id == info.MountId);
            Assert.Contains(info.Entries, entry => entry.Key == "lock" && entry.Value.Contains("FLOCK", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void RepeatedAndForeignLinesAreKeptOrPassedOver()
    {
        // timerfd and epoll of Linux 6.18, and a table as io_uring writes it.
        var info = DescriptorInfo.Parse(
            "pos:\t-1\nflags:\t02000002\nmnt_id:\t16\nino:\t1050\ntfd:        5 events:       19 data: 1\ntfd:        6 events:       19 data: 2\nSqMask\n  "
            + "0: x\n");
        Assert.Equal((-1, 0x80002u, 16, 1050ul), (info.Position, info.Flags, info.MountId!.Value, info.Inode!.Value));
        Assert.Equal(2, info.Entries.Count(entry => entry.Key == "tfd"));
    }

    [Theory]
    [InlineData("flags:\t02\n")]
    [InlineData("pos:\t0\n")]
    [InlineData("pos:\t0\nflags:\t08\n")]
    [InlineData("pos:\t0\nflags:\t777777777777\n")]
    [InlineData("pos:\tx\nflags:\t02\n")]
    public void MalformedInfoIsRefused(string text) => Assert.Throws<MalformedProcFileException>(() => DescriptorInfo.Parse(text));

    [Fact]
    public void MutatedTextIsParsedOrRefused() => Mutation.OnlyMalformed("pos:\t0\nflags:\t02\nmnt_id:\t3\nino:\t4\n", text => DescriptorInfo.Parse(text));
}
