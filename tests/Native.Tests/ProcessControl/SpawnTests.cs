using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Testing;

namespace LxcNative.Native.Tests.ProcessControl;

public class SpawnTests
{
    [Fact]
    public void EnvironmentAndArgumentsAreThoseGivenAlone()
    {
        using var shell = TestProgram.Start(
            "/bin/sh",
            ["sh", "-c", "tr '\\0' '\\n' < /proc/$$/environ; echo \"$0|$1|$2\"", "zero", "", "é b"],
            request => request with { Environment = new Dictionary<string, string> { ["A"] = "1", ["EMPTY"] = "", ["PATH"] = "/bin:/usr/bin" } });
        Assert.Equal("A=1\nEMPTY=\nPATH=/bin:/usr/bin\nzero||é b\n", shell.ReadToEnd());
    }

    [Fact]
    public void ExactlyTheMappedDescriptorsAreOpen()
    {
        using var first = FileOpen.Open("/dev/zero", OpenFlags.ReadOnly);
        using var second = FileOpen.Open("/dev/full", OpenFlags.ReadOnly);
        // Without close-on-exec: only the explicit close keeps it out.
        var stray = Mono.Unix.Native.Syscall.open("/dev/random", Mono.Unix.Native.OpenFlags.O_RDONLY);
        Assert.Equal(0, Mono.Unix.Native.Syscall.fcntl(stray, Mono.Unix.Native.FcntlCommand.F_SETFD, 0));
        try
        {
            using var program = TestProgram.Start("/bin/sleep", ["sleep", "1000"], request => request with
            {
                // Each is the other's number here.
                Descriptors = new Dictionary<int, FileDescriptor> { [second.Number] = first, [first.Number] = second },
            });
            WaitForProgram(program.Pid, "sleep");
            var open = ProcessDescriptors.Read(program.Pid).ToDictionary(descriptor => descriptor.Number, descriptor => descriptor.Target);
            Assert.Equal([.. ((int[])[0, 1, 2, first.Number, second.Number]).Order()], open.Keys.Order());
            Assert.Equal(("/dev/null", "/dev/null"), (open[0], open[2]));
            Assert.Equal(("/dev/full", "/dev/zero"), (open[first.Number], open[second.Number]));
        }
        finally
        {
            Assert.Equal(0, Mono.Unix.Native.Syscall.close(stray));
        }
    }

    [Fact]
    public void OwnNumberMayBeKept()
    {
        using var file = FileOpen.Open("/dev/zero", OpenFlags.ReadOnly);
        using var program = TestProgram.Start("/bin/sleep", ["sleep", "1000"], request => request with
        {
            Descriptors = new Dictionary<int, FileDescriptor> { [file.Number] = file, [300] = file },
        });
        WaitForProgram(program.Pid, "sleep");
        Assert.Equal("/dev/zero", SymbolicLink.Read($"/proc/{program.Pid}/fd/{file.Number}"));
        Assert.Equal("/dev/zero", SymbolicLink.Read($"/proc/{program.Pid}/fd/300"));
    }

    [Fact]
    public void SignalsAreAtTheirDefaultsAndASessionIsLed()
    {
        using var program = TestProgram.Start("/bin/sleep", ["sleep", "1000"]);
        WaitForProgram(program.Pid, "sleep");
        // The runtime ignores SIGPIPE here. 32 and 33, the C library's own, would be ignored if they were left out of the defaults.
        Assert.NotEqual(0ul, ProcStatus.Read(Environment.ProcessId).SigIgn);
        var status = ProcStatus.Read(program.Pid);
        Assert.Equal((0ul, 0ul), (status.SigIgn, status.SigBlk));
        var stat = ProcStat.Read(program.Pid);
        Assert.Equal((program.Pid, program.Pid, 0), (stat.Session, stat.ProcessGroup, stat.TtyDevice));
    }

    [Fact]
    public void TheUmaskIsTheChildsAlone()
    {
        var before = CurrentProcess.SetUmask(0x12);
        try
        {
            using var shell = TestProgram.Start("/bin/sh", ["sh", "-c", "umask"], request => request with { Umask = 0x3f });
            Assert.Equal("0077\n", shell.ReadToEnd());
            Assert.Equal(0x12u, CurrentProcess.SetUmask(0x12));
        }
        finally
        {
            CurrentProcess.SetUmask(before);
        }
    }

    [Fact]
    public void WithoutANewSessionTheCallersIsKept()
    {
        using var program = TestProgram.Start("/bin/sleep", ["sleep", "0"], request => request with { NewSession = false });
        Assert.Equal(ProcStat.Read(Environment.ProcessId).Session, ProcStat.Read(program.Pid).Session);
        Assert.True(program.Wait().Succeeded);
    }

    [Fact]
    public void WorkingDirectoryIsTheOneGiven()
    {
        using var program = TestProgram.Start("/bin/pwd", ["pwd"], request => request with { WorkingDirectory = "/usr" });
        Assert.Equal("/usr\n", program.ReadToEnd());
    }

    [Theory]
    [InlineData("/nonexistent", Errno.ENOENT)]
    [InlineData("/dev/null", Errno.EACCES)]
    [InlineData("/etc/passwd", Errno.EACCES)]
    public void ProgramThatCannotBeStartedIsThrown(string path, Errno errno)
    {
        var exception = Assert.Throws<SyscallException>(() => TestProgram.Start(path, ["x"]));
        Assert.Equal((errno, "posix_spawn"), (exception.Errno, exception.Operation));
    }

    [Fact]
    public void RelativePathIsRefused() => Assert.Throws<ArgumentException>(() => TestProgram.Start("sh", ["sh"]));

    [Fact]
    public void ManyAreStartedAtOnceFromManyThreads()
    {
        Requirement.Tool("true");
        Parallel.For(0, 40, _ =>
        {
            using var program = TestProgram.Shell("exit 3");
            Assert.Equal(3, program.Wait().ExitStatus);
        });
    }

    // posix_spawn returns when the program is loaded; its name is set then.
    private static void WaitForProgram(int pid, string comm) => Assert.Equal(comm, ProcStat.Read(pid).Comm);
}
