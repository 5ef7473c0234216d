using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.Procfs;

public class ProcStatusTests
{
    // cat /proc/PID/status on Linux 6.18 of a shell in a nested pid namespace, shortened by lines that are not read.
    private const string Text =
        "Name:\ta\\nb\\\\n \nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t4711\nNgid:\t0\nPid:\t4711\nPPid:\t4700\nTracerPid:\t12\n" +
        "Uid:\t0\t1\t2\t4294967294\nGid:\t5\t6\t7\t8\nFDSize:\t64\nGroups:\t0 4 27 \nNStgid:\t4711\t1\nNSpid:\t4711\t1\nNSpgid:\t4711\t1\nNSsid:\t4711\t0\n" +
        "VmRSS:\t    1234 kB\nThreads:\t3\nSigQ:\t1/96\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000000200\nSigBlk:\t0000000000010000\n" +
        "SigIgn:\t0000000000000004\nSigCgt:\t0000000180010002\nCapInh:\t0000000000000000\nCapPrm:\t000001ffffffffff\nCapEff:\t000001fffffffeff\n" +
        "CapBnd:\t000001ffffffffff\nCapAmb:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n";

    [Fact]
    public void EveryFieldIsRead()
    {
        var status = ProcStatus.Parse(Text);
        Assert.Equal("a\nb\\n ", status.Name);
        Assert.Equal(('S', 4711, 4711, 4700, 12, 3), (status.State, status.Tgid, status.Pid, status.PPid, status.TracerPid, status.Threads));
        Assert.Equal([0u, 1, 2, 4294967294], status.Uid);
        Assert.Equal([5u, 6, 7, 8], status.Gid);
        Assert.Equal([0u, 4, 27], status.Groups);
        Assert.Equal([4711, 1], status.NSpid);
        Assert.Equal([4711, 0], status.NSsid);
        Assert.Equal((0ul, 0x200ul, 0x10000ul), (status.SigPnd, status.ShdPnd, status.SigBlk));
        Assert.Equal(0x1fffffffeffUL, status.CapEff);
        Assert.Equal((true, 2, 1234ul), (status.NoNewPrivs, status.Seccomp, status.ResidentKiB!.Value));
    }

    [Fact]
    public void ZombieHasNoMemory() =>
        Assert.Null(ProcStatus.Parse(Text.Replace("VmRSS:\t    1234 kB\n", "", StringComparison.Ordinal)).ResidentKiB);

    [Theory]
    [InlineData("", false)]
    [InlineData("CoreDumping:\t0\n", false)]
    [InlineData("CoreDumping:\t1\n", true)]
    public void CoreDumpIsSeen(string line, bool isDumping) =>
        Assert.Equal(isDumping, ProcStatus.Parse(Text.Replace("Threads:", $"{line}Threads:", StringComparison.Ordinal)).IsDumpingCore);

    [Theory]
    [InlineData("Tgid:\t4711", "Tgid:\tx", "Tgid")]
    [InlineData("Uid:\t0\t1\t2\t4294967294", "Uid:\t0\t1\t2", "Uid")]
    [InlineData("TracerPid:\t12\n", "", "TracerPid")]
    [InlineData("CapEff:\t000001fffffffeff", "CapEff:\tzz", "CapEff")]
    [InlineData("Threads:\t3", "Threads", "no key")]
    [InlineData("VmRSS:\t    1234 kB", "VmRSS:\t    1234", "VmRSS")]
    public void MalformedTextIsRefusedByItsField(string line, string replacement, string said)
    {
        var exception =
            Assert.Throws<MalformedProcFileException>(() => ProcStatus.Parse(Text.Replace(line, replacement, StringComparison.Ordinal), "/proc/1/status"));
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("/proc/1/status line ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MutatedTextIsParsedOrRefused() => Mutation.OnlyMalformed(Text, text => ProcStatus.Parse(text));

    [Fact]
    public void OwnProcessIsRead()
    {
        var status = ProcStatus.Read(Environment.ProcessId);
        Assert.Equal(Mono.Unix.Native.Syscall.geteuid(), status.Uid[1]);
        Assert.Equal(Environment.ProcessId, status.NSpid[0]);
        Assert.True(status.ResidentKiB > 1000);
    }
}
