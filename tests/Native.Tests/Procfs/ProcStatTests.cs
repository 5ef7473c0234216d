using CsCheck;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.Procfs;

public class ProcStatTests
{
    // cat /proc/1/stat on Linux 6.18, the command name replaced.
    private static string Line(string comm) =>
        $"1234 ({comm}) S 1 1230 1229 34816 1240 4194560 25306 1091 52 11 7 24 3 5 20 0 4 0 777 26521600 1100 18446744073709551615 1 1 0 0 0 0 671173123 4096 "
        + "1260 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";

    [Theory]
    [InlineData("sh")]
    [InlineData("a) R 7 (b")]
    [InlineData(") (")]
    [InlineData(" ")]
    [InlineData("")]
    [InlineData("new\nline")]
    [InlineData("(((")]
    public void CommandNameMayHoldAnything(string comm)
    {
        var stat = ProcStat.Parse(Line(comm));
        Assert.Equal(
            new ProcStat(1234, comm, 'S', 1, 1230, 1229, 34816, 1240, 4194560, 7, 24, 4, 777, 26521600, 1100, 17),
            stat);
    }

    [Fact]
    public void AnyCommandNameSurvives() =>
        Gen.String[Gen.Char, 0, 15].Sample(comm => Assert.Equal(comm, ProcStat.Parse(Line(comm)).Comm));

    [Theory]
    [InlineData("")]
    [InlineData("1234")]
    [InlineData("1234 (sh")]
    [InlineData("1234 (sh)")]
    [InlineData("1234 (sh) S 1")]
    [InlineData("x (sh) S 1 1230 1229 34816 1240 4194560 25306 1091 52 11 7 24 3 5 20 0 4 0 777 26521600 1100 1 1 1 0 0 0 0 6 4 1 0 0 0 17 1 0")]
    [InlineData("1 (sh) S 99999999999 1230 1229 34816 1240 4194560 25306 1091 52 11 7 24 3 5 20 0 4 0 777 26521600 1100 1 1 1 0 0 0 0 6 4 1 0 0 0 17 1 0")]
    public void MalformedTextIsRefused(string text) => Assert.Throws<MalformedProcFileException>(() => ProcStat.Parse(text));

    [Fact]
    public void MutatedTextIsParsedOrRefused() => Mutation.OnlyMalformed(Line("a) b"), text => ProcStat.Parse(text));

    [Fact]
    public void OwnProcessIsRead()
    {
        var stat = ProcStat.Read(Environment.ProcessId);
        Assert.Equal(Environment.ProcessId, stat.Pid);
        Assert.Equal(Mono.Unix.Native.Syscall.getppid(), stat.ParentPid);
        Assert.Equal(Mono.Unix.Native.Syscall.getpgrp(), stat.ProcessGroup);
        Assert.InRange(stat.ThreadCount, 2, 1000);
    }

    [Fact]
    public void AbsentProcessIsENOENT() =>
        Assert.Equal(Errno.ENOENT, Assert.Throws<SyscallException>(() => ProcStat.Read(int.MaxValue)).Errno);
}
