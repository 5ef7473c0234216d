using System.Text;
using LxcNative.Orchestrator.Preflight.Rules;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Tests.Preflight;

/// <summary>The parsers that read bytes of /proc: what they take, and that nothing makes them fail.</summary>
public sealed class ProcParserTests
{
    [Fact]
    public void StatusFieldsAreTaken()
    {
        // cat /proc/PID/status of a process in a pid namespace, shortened.
        var status = StatusFields.Parse(
            "Name:\ta\\nState:\tZ (evil)\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t31267\nPid:\t31267\nPPid:\t1\nTracerPid:\t42\n"u8
            + "Uid:\t0\t33\t0\t0\nGid:\t0\t0\t0\t0\nNSpid:\t31267\t7\nNSsid:\t31200\t1\nThreads:\t3\n"u8
            + "SigPnd:\t0000000000000010\nShdPnd:\t0000000000000001\nx86_Thread_features:\tshstk \n"u8);
        Assert.Equal('S', status.State);
        Assert.Equal((42, 3, 7, 2, 1), (status.TracerPid, status.Threads, status.PidInside, status.PidNamespaceDepth, status.SessionInside));
        Assert.False(status.IsRoot);
        Assert.Equal((33u, 0u), (status.UserId, status.GroupId));
        Assert.Equal(0x11ul, status.Pending);
        Assert.True(status.HasShadowStack);
    }

    [Theory]
    [InlineData("0\t0\t0\t0", true)]
    [InlineData("0\t0\t0\t1000", true)]
    [InlineData("0\t0\t1000\t0", false)]
    public void FileSystemIdDoesNotCount(string ids, bool isRoot) =>
        Assert.Equal(isRoot, StatusFields.Parse(Encoding.UTF8.GetBytes($"Uid:\t{ids}\nGid:\t0\t0\t0\t0\n")).IsRoot);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n::\n:")]
    [InlineData("State:\nUid:\tx\nNSpid:\nSigPnd:\tzz\nThreads:\t99999999999999999999")]
    public void MalformedStatusLeavesFieldsEmpty(string text)
    {
        var status = StatusFields.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Equal((0, 0, 0ul), (status.Threads, status.PidInside, status.Pending));
    }

    [Fact]
    public void MappingsThatMatterAreVisited()
    {
        const string Text = """
            00400000-0041f000 r--p 00000000 fe:00 124                                /opt/py (deleted)
            55d0c0000000-55d0c0001000 r--p 00000000 fe:00 123                        /usr/bin/a b
            55d0c0001000-55d0c0002000 r-xp 00001000 fe:00 123                        /usr/bin/a b
            7f10f2f58000-7f10f2f59000 rw-s 10000000 00:0e 1042                       anon_inode:[io_uring]
            7f10f2f5a000-7f10f2f5b000 rw-p 00000000 00:00 0
            7ffd00000000-7ffd00021000 rw-p 00000000 00:00 0                          [stack]
            7ffd00100000-7ffd00101000 --xp 00000000 00:00 0                          [uprobes]
            ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
            nonsense
            -1 x
            """;
        var visited = new List<(string, ulong, string)>();
        Assert.False(MappingScan.Scan(Encoding.UTF8.GetBytes(Text), [], (range, start, target) => visited.Add((range, start, target))));
        Assert.Equal(
        [
            ("400000-41f000", 0x400000, "/opt/py (deleted)"), ("55d0c0000000-55d0c0001000", 0x55d0c0000000, "/usr/bin/a b"),
            ("7f10f2f58000-7f10f2f59000", 0x7f10f2f58000, "anon_inode:[io_uring]"),
            ("7ffd00100000-7ffd00101000", 0x7ffd00100000, "[uprobes]"),
        ], visited.Select(one => (one.Item1, one.Item2, one.Item3)));
    }

    [Theory]
    [InlineData("08048000-08049000 r-xp 00000000 fe:00 9 /bin32\nfffdd000-ffffe000 rw-p 00000000 00:00 0 [stack]\n", true)]
    [InlineData("08048000-08049000 r-xp 00000000 fe:00 9 /bin32\n7fffdd000000-7fffdd001000 rw-p 00000000 00:00 0 [stack]\n", false)]
    [InlineData("", false)]
    public void ThirtyTwoBitMemoryIsTold(string text, bool isBelow) =>
        Assert.Equal(isBelow, MappingScan.Scan(Encoding.UTF8.GetBytes(text), [], (_, _, _) => { }));

    [Fact]
    public void LockedFilesAreTaken()
    {
        // cat /proc/locks; the arrow is a request that waits.
        var files = LockTable.Parse(
            "1: POSIX  ADVISORY  WRITE 1234 fe:00:56789 0 EOF\n1: -> POSIX  ADVISORY  WRITE 1235 fe:00:56789 0 EOF\n2: FLOCK  ADVISORY  WRITE 77 00:2b:2 0 "
            + "EOF\n3: OFDLCK ADVISORY READ -1 103:05:9 0 EOF\nrubbish :: a:b:c\n");
        Assert.Equal([(0xfeu, 0u, 56789ul), (0u, 0x2bu, 2ul), (0x103u, 5u, 9ul)], files);
    }

    [Fact]
    public void FdInfoFieldsAreTaken()
    {
        // cat /proc/PID/fdinfo/N of an epoll, a pidfd and a ptmx.
        Assert.Equal([(5, 0x8f3aul)],
            FdInfo.EpollTargets("pos:\t0\nflags:\t02\ntfd:        5 events:       19 data:                0  pos:0 ino:8f3a sdev:e\ntfd: x\ntfd:\n"));
        Assert.Equal(0x4001u, FdInfo.Flags("pos:\t0\nflags:\t0040001\n"));
        Assert.Null(FdInfo.Flags("flags:\t9"));
        Assert.Equal(-1, FdInfo.Pid("pos:\t0\nPid:\t-1\nNSpid:\t-1\n"));
        Assert.Equal(3, FdInfo.TerminalIndex("tty-index:\t3\n"));
        Assert.Null(FdInfo.TerminalIndex(""));
    }
}
