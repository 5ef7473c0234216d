using CsCheck;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Testing;
using Mono.Unix.Native;

namespace LxcNative.Native.Tests.Files;

/// <summary>Mono.Unix is the oracle: its own C code calls stat(2).</summary>
public class FileStatusTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/proc/self/stat")]
    [InlineData("/dev/null")]
    [InlineData("/dev/vda")]
    [InlineData("/proc/self/exe")]
    [InlineData("/bin/sh")]
    public void StatusIsTheOracles(string path)
    {
        Requirement.Feature("file", File.Exists(path) || Directory.Exists(path), $"there is no {path}");
        foreach (var follow in (bool[])[true, false])
        {
            Assert.Equal(0, follow ? Syscall.stat(path, out var oracle) : Syscall.lstat(path, out oracle));
            var mine = FileStatus.Read(path, follow);
            Assert.Equal((oracle.st_dev, oracle.st_ino, oracle.st_rdev), (mine.Device.Value, mine.Inode, mine.SpecialDevice.Value));
            Assert.Equal((oracle.st_uid, oracle.st_gid, (uint)oracle.st_nlink), (mine.UserId, mine.GroupId, mine.LinkCount));
            Assert.Equal(NativeConvert.FromFilePermissions(oracle.st_mode), mine.Mode);
            if (mine.Type != FileType.SymbolicLink)
                Assert.Equal((ulong)oracle.st_size, mine.Size);
        }
    }

    [Fact]
    public void DescriptorTellsTheSame()
    {
        using var place = FileOpen.DirectoryPlace("/usr");
        Assert.Equal(FileStatus.Read("/usr"), FileStatus.Read(place));
        Assert.True(FileStatus.Read(place).IsDirectory);
    }

    [Fact]
    public void AbsentPathIsFalseAndOtherErrorsAreThrown()
    {
        Assert.False(FileStatus.TryRead("/nonexistent", out _));
        Assert.False(FileStatus.TryRead("/dev/null/x", out _));
        Assert.Equal(LxcNative.Native.Errors.Errno.ENOENT, Assert.Throws<SyscallException>(() => FileStatus.Read("/nonexistent")).Errno);
        Assert.Equal(LxcNative.Native.Errors.Errno.ENAMETOOLONG,
            Assert.Throws<SyscallException>(() => FileStatus.TryRead("/" + new string('x', 300), out _)).Errno);
        Assert.Throws<ArgumentException>(() => FileStatus.Read("/dev/null\0x"));
    }

    [Fact]
    public void DeviceNumberSurvivesItsEncoding() =>
        Gen.Select(Gen.UInt, Gen.UInt).Sample((major, minor) =>
        {
            var number = new DeviceNumber(major, minor);
            Assert.Equal(number, DeviceNumber.FromValue(number.Value));
        });
}
