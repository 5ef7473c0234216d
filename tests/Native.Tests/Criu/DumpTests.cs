using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.Criu;

[Collection("criu")]
public sealed class DumpTests : IDisposable
{
    private readonly CriuService _service = new(LiveCriu.Require());
    private readonly ImageFolder _images = new();

    public void Dispose() => _images.Dispose();

    [Fact]
    public void DumpThatLeavesRunningKeepsTheChild()
    {
        using var child = SleepingChild.Start();
        using var options = Options(child);
        var moments = new List<CriuNotifyAction>();

        var result = _service.Dump(options, notification => moments.Add(notification.Action));

        Assert.Null(result.LateFailure);
        // The child shares our network, so there is nothing to lock.
        Assert.Equal([CriuNotifyAction.PreDump, CriuNotifyAction.QueryExtFiles, CriuNotifyAction.PostDump], moments);
        Assert.Null(ChildProcess.TryWait(child.Pid));
        Assert.True(File.Exists(_images.File($"core-{child.Pid}.img")));
    }

    [Fact]
    public void DumpWithAnOwnNetworkLocksAndUnlocks()
    {
        using var child = SleepingChild.StartInOwnNetwork();
        using var options = Options(child);
        var moments = new List<string>();

        _service.Dump(options, notification => moments.Add(notification.Text));

        Assert.Equal(["pre-dump", "network-lock", "query-ext-files", "post-dump", "network-unlock"], moments);
    }

    [Fact]
    public void DumpedChildIsRestoredAsOurChild()
    {
        using var child = SleepingChild.StartInOwnNetwork();
        var signals = IgnoredSignals(child.Pid);
        using (var options = Options(child, leaveRunning: false))
            _service.Dump(options);
        Assert.Equal(Processes.Signal.Kill, child.Wait().Signal);

        using var restore = RestoreOptions();
        var moments = new List<string>();
        var result = _service.RestoreChild(restore, notification => moments.Add(notification.ToString()));

        using var restored = SleepingChild.Adopt(result.Pid);
        Assert.Equal(child.Pid, result.Pid);
        Assert.Null(result.LateFailure);
        Assert.Null(ChildProcess.TryWait(result.Pid));
        Assert.Equal(
            ["pre-restore", $"setup-namespaces (pid {result.Pid})", "post-setup-namespaces", $"post-restore (pid {result.Pid})", "network-unlock",
                "pre-resume", "post-resume"],
            moments);
        // The runtime ignores SIGPIPE and criu inherits that; the child must not.
        Assert.Equal(signals, IgnoredSignals(result.Pid));
    }

    [Theory]
    [InlineData(CriuNotifyAction.PreDump)]
    [InlineData(CriuNotifyAction.QueryExtFiles)]
    [InlineData(CriuNotifyAction.PostDump)]
    public void RefusedDumpLeavesTheChildRunning(CriuNotifyAction refused)
    {
        using var child = SleepingChild.Start();
        using var options = Options(child, leaveRunning: false);

        var failure = Assert.Throws<CriuException>(() => _service.Dump(options, notification =>
        {
            if (notification.Action == refused)
                throw new SyscallException("fsync", "images", Errno.ENOSPC);
        }));

        Assert.Equal(-(int)Errno.ENOSPC, failure.ReturnCode);
        Assert.Equal(Errno.ENOSPC, failure.Errno);
        Assert.IsType<SyscallException>(failure.InnerException);
        Assert.Contains("refused by the caller's handler", failure.Message, StringComparison.Ordinal);
        AssertSleeps(child);
    }

    [Fact]
    public void ExceptionWithoutErrnoIsAnsweredWithCanceled()
    {
        using var child = SleepingChild.Start();
        using var options = Options(child);
        var thrown = new InvalidOperationException("not today");

        var failure = Assert.Throws<CriuException>(() => _service.Dump(options, _ => throw thrown));

        Assert.Equal(-(int)Errno.ECANCELED, failure.ReturnCode);
        Assert.Same(thrown, failure.InnerException);
        Assert.Contains("not today", failure.Message, StringComparison.Ordinal);
        AssertSleeps(child);
    }

    [Fact]
    public void FailureThatComesTooLateToRefuseIsReported()
    {
        using var child = SleepingChild.StartInOwnNetwork();
        using var options = Options(child);
        var thrown = new InvalidOperationException("unlock");

        var result = _service.Dump(options, notification =>
        {
            if (notification.Action == CriuNotifyAction.NetworkUnlock)
                throw thrown;
        });

        Assert.Same(thrown, result.LateFailure);
        AssertSleeps(child);
    }

    [Theory]
    [InlineData(CriuNotifyAction.NetworkUnlock)]
    [InlineData(CriuNotifyAction.PreResume)]
    [InlineData(CriuNotifyAction.PostResume)]
    public void LateFailureOfARestoreIsReportedAndTheChildRuns(CriuNotifyAction moment)
    {
        using var child = SleepingChild.StartInOwnNetwork();
        using (var options = Options(child, leaveRunning: false))
            _service.Dump(options);
        child.Wait();

        using var restore = RestoreOptions();
        var result = _service.RestoreChild(restore, notification =>
        {
            if (notification.Action == moment)
                throw new InvalidOperationException(notification.Text);
        });

        using var restored = SleepingChild.Adopt(result.Pid);
        Assert.IsType<InvalidOperationException>(result.LateFailure);
        AssertSleeps(restored);
    }

    [Fact]
    public void RefusedRestoreLeavesNothingBehind()
    {
        using var child = SleepingChild.Start();
        using (var options = Options(child, leaveRunning: false))
            _service.Dump(options);
        child.Wait();

        using var restore = RestoreOptions();
        var failure = Assert.Throws<CriuException>(() => _service.RestoreChild(restore, notification =>
        {
            if (notification.Action == CriuNotifyAction.PostRestore)
                throw new SyscallException("setns", "there", Errno.EPERM);
        }));

        Assert.Equal(Errno.EPERM, failure.Errno);
        Assert.False(Directory.Exists($"/proc/{child.Pid}"), "the root of the failed restore is still there");
    }

    [Fact]
    public void RestoreOntoATakenPidSaysSo()
    {
        using var child = SleepingChild.Start();
        using (var options = Options(child))
            _service.Dump(options);

        using var restore = RestoreOptions();
        var failure = Assert.Throws<CriuException>(() => _service.RestoreChild(restore));

        Assert.Equal(Errno.EBADE, (Errno)(-failure.ReturnCode));
        Assert.Equal(Errno.EEXIST, failure.CriuErrno);
        AssertSleeps(child);
    }

    [Fact]
    public void DumpOfNoProcessSaysSo()
    {
        using var options = _images.Options(_service);
        options.Pid = 0x3FFFFF;

        var failure = Assert.Throws<CriuException>(() => _service.Dump(options));

        Assert.Equal(Errno.ESRCH, failure.CriuErrno);
        Assert.Equal(-(int)Errno.EBADE, failure.ReturnCode);
        Assert.Equal(_images.File("dump.log"), failure.LogPath);
        Assert.Contains("the process does not exist or cannot be seized", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(failure.LogErrors);
        Assert.DoesNotContain(failure.LogErrors, line => line.Contains("RLIMIT_NOFILE", StringComparison.Ordinal));
    }

    [Fact]
    public void CriuThatIsNotThereSaysSo()
    {
        using var child = SleepingChild.Start();
        using var options = Options(child);
        options.ServiceBinary = "/nonexistent/criu";

        var failure = Assert.Throws<CriuNotFoundException>(() => _service.Dump(options));

        Assert.Contains("/nonexistent/criu", failure.Message, StringComparison.Ordinal);
        AssertSleeps(child);
    }

    [Fact]
    public void CriuThatEndsWithoutAnAnswerSaysSo()
    {
        using var child = SleepingChild.Start();
        using var options = Options(child);
        options.ServiceBinary = "/bin/false";

        var failure = Assert.Throws<CriuException>(() => _service.Dump(options));

        Assert.Equal(-(int)Errno.ECOMM, failure.ReturnCode);
        Assert.Contains("criu ended without an answer", failure.Message, StringComparison.Ordinal);
        AssertSleeps(child);
    }

    [Fact]
    public void ClosedImageDirectoryIsRefusedBeforeCriuIsAsked()
    {
        using var child = SleepingChild.Start();
        using var options = Options(child);
        _images.Descriptor.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _service.Dump(options));
    }

    [Fact]
    public void CallFromInsideOfANotificationIsRefused()
    {
        using var child = SleepingChild.Start();
        using var options = Options(child);

        var failure = Assert.Throws<CriuException>(() => _service.Dump(options, _ => _service.Version()));

        Assert.IsType<InvalidOperationException>(failure.InnerException);
    }

    [Fact]
    public void VersionAndFeaturesComeFromTheProgram()
    {
        Assert.Equal(_service.Installation.CriuVersion, _service.Version());
        Assert.NotNull(_service.FeatureCheck());
    }

    [Fact]
    public void ConcurrentCallsAreServedOneAfterTheOther()
    {
        var inside = 0;
        var overlapped = false;
        var images = Enumerable.Range(0, 4).Select(_ => new ImageFolder()).ToArray();
        var children = images.Select(_ => SleepingChild.Start()).ToArray();
        try
        {
            var threads = images.Zip(children).Select(pair => new Thread(() =>
            {
                using var options = pair.First.Options(_service);
                options.Pid = pair.Second.Pid;
                options.LeaveRunning = true;
                _service.Dump(options, notification =>
                {
                    if (notification.Action == CriuNotifyAction.PreDump)
                        overlapped |= Interlocked.Increment(ref inside) != 1;
                    else if (notification.Action == CriuNotifyAction.PostDump)
                        Interlocked.Decrement(ref inside);
                });
            })).ToArray();
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());

            Assert.False(overlapped);
            Assert.Equal(0, inside);
            Assert.All(images, folder => Assert.True(File.Exists(folder.File("inventory.img"))));
        }
        finally
        {
            Array.ForEach(children, child => child.Dispose());
            Array.ForEach(images, folder => folder.Dispose());
        }
    }

    private CriuOptions Options(SleepingChild child, bool leaveRunning = true)
    {
        var options = _images.Options(_service);
        options.Pid = child.Pid;
        options.LeaveRunning = leaveRunning;
        options.EmptyNamespaces = 0x40000000; // CLONE_NEWNET: no program is executed for it.
        options.NetworkLock = CriuNetworkLock.Skip;
        return options;
    }

    private CriuOptions RestoreOptions()
    {
        var options = _images.Options(_service, "restore.log");
        options.EmptyNamespaces = 0x40000000;
        return options;
    }

    private static void AssertSleeps(SleepingChild child)
    {
        Assert.Null(ChildProcess.TryWait(child.Pid));
        Assert.Equal("0", Status(child.Pid, "TracerPid"));
    }

    private static string IgnoredSignals(int pid) => Status(pid, "SigIgn");

    private static string Status(int pid, string key) =>
        File.ReadLines($"/proc/{pid}/status").Single(line => line.StartsWith(key + ":", StringComparison.Ordinal))[(key.Length + 1)..].Trim();
}
