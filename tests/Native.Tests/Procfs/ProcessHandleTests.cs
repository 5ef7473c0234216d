using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;
using LxcNative.Testing;

namespace LxcNative.Native.Tests.Procfs;

public class ProcessHandleTests
{
    [Fact]
    public void SignalEndsTheProcessAndTheWait()
    {
        using var program = TestProgram.Start("/bin/sleep", ["sleep", "1000"]);
        using var handle = ProcessHandle.Open(program.Pid);
        Assert.False(handle.HasExited);
        Assert.False(handle.WaitForExit(TimeSpan.FromMilliseconds(5)));
        handle.SendSignal(Signal.Terminate);
        Assert.True(handle.WaitForExit());
        Assert.True(handle.HasExited);
        var exit = program.Wait();
        Assert.Equal(new ChildExit(program.Pid, null, Signal.Terminate, false), exit);
        Assert.Equal(Errno.ESRCH, Assert.Throws<SyscallException>(() => handle.SendSignal(Signal.None)).Errno);
    }

    [Fact]
    public void OnlyTheProcessThatStartedThenIsOpened()
    {
        using var program = TestProgram.Start("/bin/sleep", ["sleep", "1000"]);
        var start = ProcStat.Read(program.Pid).StartTimeTicks;
        using var same = ProcessHandle.TryOpen(program.Pid, start);
        using var other = ProcessHandle.TryOpen(program.Pid, start + 1);
        Assert.Equal(program.Pid, same!.Pid);
        Assert.Null(other);
        Assert.Null(ProcessHandle.TryOpen(int.MaxValue, start));
    }

    [Fact]
    public void DescriptorOfAnotherProcessIsTheSameOpenFileInItsOwnNamespace()
    {
        Requirement.Root();
        var (socket, home) = NamespaceThread.RunInNewNamespaces(NamespaceKind.Net,
            () => (UnixSocket.Pair(UnixSocketType.Stream).First, NamespaceId.ReadSelf(NamespaceKind.Net)));
        using var held = socket;
        using var program = TestProgram.Start("/bin/sleep", ["sleep", "1000"],
            request => request with { Descriptors = new Dictionary<int, FileDescriptor> { [7] = socket } });
        using var handle = ProcessHandle.Open(program.Pid);

        using var copy = handle.DuplicateDescriptor(7);
        using var network = Namespace.OpenOfSocket(copy);

        Assert.Equal(FileStatus.Read(socket).Inode, FileStatus.Read(copy).Inode);
        Assert.Equal(home, NamespaceId.Read(network));
        Assert.NotEqual(home, NamespaceId.ReadSelf(NamespaceKind.Net));
        Assert.Equal(Errno.EBADF, Assert.Throws<SyscallException>(() => handle.DuplicateDescriptor(8)).Errno);
        Assert.Equal(Errno.ENOTTY, Assert.Throws<SyscallException>(() => Namespace.OpenOfSocket(network)).Errno);
    }

    [Fact]
    public void AbsentProcessIsESRCH() =>
        Assert.Equal(Errno.ESRCH, Assert.Throws<SyscallException>(() => ProcessHandle.Open(int.MaxValue)).Errno);

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit 255", 255)]
    public void ExitStatusIsTold(string script, int status)
    {
        using var program = TestProgram.Shell(script);
        var exit = program.Wait();
        Assert.Equal((status, status == 0), (exit.ExitStatus, exit.Succeeded));
        Assert.Equal(Errno.ECHILD, Assert.Throws<SyscallException>(() => ChildProcess.Wait(program.Pid)).Errno);
    }

    [Fact]
    public void RunningChildIsNotWaitedFor()
    {
        using var program = TestProgram.Start("/bin/sleep", ["sleep", "1000"]);
        Assert.Null(ChildProcess.TryWait(program.Pid));
    }

    [Theory]
    [InlineData(0x0000, 0, null, false)]
    [InlineData(0x0100, 1, null, false)]
    [InlineData(0x0009, null, Signal.Kill, false)]
    [InlineData(0x008b, null, Signal.SegmentationViolation, true)]
    public void WaitStatusIsTakenApart(int status, int? exitStatus, Signal? signal, bool core) =>
        Assert.Equal(new ChildExit(5, exitStatus, signal, core), ChildExit.FromStatus(5, status));
}
