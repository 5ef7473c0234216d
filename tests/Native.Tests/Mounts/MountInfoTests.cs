using CsCheck;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;

namespace LxcNative.Native.Tests.Mounts;

public class MountInfoTests
{
    [Fact]
    public void EveryFieldIsRead()
    {
        // proc_pid_mountinfo(5), with every optional field.
        var mount = Assert.Single(MountInfo.Parse(
            "36 35 98:5 /mnt1 /mnt2 rw,noatime shared:7 master:1 propagate_from:2 unbindable new:3 - ext3 /dev/root rw,errors=continue\n"));
        Assert.Equal((36, 35, 98u, 5u), (mount.Id, mount.ParentId, mount.Major, mount.Minor));
        Assert.Equal(("/mnt1", "/mnt2", "rw,noatime"), (mount.Root, mount.MountPoint, mount.Options));
        Assert.Equal((7, 1, 2, true), (mount.SharedGroup!.Value, mount.MasterGroup!.Value, mount.PropagateFrom!.Value, mount.Unbindable));
        Assert.Equal(["new:3"], mount.OtherFields);
        Assert.Equal(("ext3", "/dev/root", "rw,errors=continue"), (mount.FileSystemType, mount.Source, mount.SuperOptions));
        Assert.True(mount.HasOption("noatime"));
        Assert.False(mount.HasOption("atime"));
        Assert.False(mount.IsReadOnly);
        Assert.Equal("continue", mount.SuperOptionValue("errors"));
        Assert.Null(mount.SuperOptionValue("rw"));
    }

    [Theory]
    [InlineData(@"/a\040b", "/a b")]
    [InlineData(@"/tab\011nl\012", "/tab\tnl\n")]
    [InlineData(@"/back\134slash", @"/back\slash")]
    [InlineData(@"/back\134040", @"/back\040")]
    [InlineData(@"/hash\043", "/hash#")]
    [InlineData(@"/\303\251", "/é")]
    [InlineData(@"/é\040é", "/é é")]
    [InlineData(@"/not\09x", @"/not\09x")]
    [InlineData(@"/not\777", @"/not\777")]
    [InlineData(@"/end\04", @"/end\04")]
    [InlineData("/return\rfeed\u0085\u2028", "/return\rfeed\u0085\u2028")]
    public void EscapesAreUndone(string written, string path)
    {
        var mount = Assert.Single(MountInfo.Parse($"1 2 0:3 {written} {written} rw - fuse.{written[1..]} {written} rw\n"));
        Assert.Equal((path, path, "fuse." + path[1..], path), (mount.Root, mount.MountPoint, mount.FileSystemType, mount.Source));
    }

    [Fact]
    public void AnyPathSurvivesTheRoundTrip() =>
        Gen.String.Where(text => !text.Contains('\0', StringComparison.Ordinal) && !text.Any(char.IsSurrogate)).Sample(text =>
        {
            var mount = Assert.Single(MountInfo.Parse($"1 2 0:3 /{MountEscapes.Encode(text)} / rw - t {MountEscapes.Encode(text)} rw\n"));
            Assert.Equal(("/" + text, text), (mount.Root, mount.Source));
        });

    [Fact]
    public void SourceMayBeEmpty()
    {
        // mount("", "/mnt", "tmpfs", 0, NULL) leaves two blanks.
        var mount = Assert.Single(MountInfo.Parse("1 2 0:3 / /mnt rw - tmpfs  rw,size=4k\n"));
        Assert.Equal(("", "rw,size=4k"), (mount.Source, mount.SuperOptions));
    }

    [Fact]
    public void CommaInsideASuperOptionStaysInside()
    {
        var mount = Assert.Single(MountInfo.Parse(@"1 2 0:3 / /o rw - overlay o rw,lowerdir=/a\054b:/c,upperdir=/u" + "\n"));
        Assert.Equal("/a,b:/c", mount.SuperOptionValue("lowerdir"));
        Assert.True(mount.HasSuperOption("upperdir=/u"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1 2 0:3 / / rw")]
    [InlineData("1 2 0:3 / / rw shared:1")]
    [InlineData("1 2 0:3 / / rw - tmpfs none")]
    [InlineData("1 2 03 / / rw - tmpfs none rw")]
    [InlineData("a 2 0:3 / / rw - tmpfs none rw")]
    [InlineData("1 2 0:3 / / rw shared:x - tmpfs none rw")]
    [InlineData("1 2 0:99999999999 / / rw - tmpfs none rw")]
    public void MalformedLineIsRefusedByItsNumber(string line)
    {
        var exception = Assert.Throws<MalformedProcFileException>(() => MountInfo.Parse($"1 2 0:3 / / rw - t s rw\n{line}\n", "/proc/1/mountinfo"));
        Assert.Equal(("/proc/1/mountinfo", 2, line), (exception.File, exception.LineNumber, exception.Line));
    }

    [Fact]
    public void MutatedTextIsParsedOrRefused() =>
        Mutation.OnlyMalformed("36 35 98:5 /mnt1 /mn\\040t2 rw,noatime shared:7 master:1 propagate_from:2 unbindable - ext3 /dev/root rw\n",
            text => MountInfo.Parse(text));

    [Fact]
    public void OwnMountsAreThoseOfTheFile()
    {
        var mounts = MountInfo.ReadSelf();
        Assert.Equal(File.ReadAllText("/proc/self/mountinfo").Split('\n').Length - 1, mounts.Count);
        var proc = mounts.Last(mount => mount.MountPoint == "/proc");
        Assert.Equal(new DeviceNumber(proc.Major, proc.Minor), FileStatus.Read("/proc").Device);
        Assert.Equal(mounts, MountInfo.Read(Environment.ProcessId), (left, right) => left!.Id == right!.Id);
    }
}
