using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;

namespace LxcNative.Native.Tests.Criu;

[Collection("criu")]
public sealed class WorkerTests : IDisposable
{
    private readonly CriuService _service = new(LiveCriu.Require());
    private readonly ImageFolder _images = new();

    public void Dispose() => _images.Dispose();

    [Fact]
    public void WarmedWorkerTellsItsVersion()
    {
        using var worker = CriuWorker.Start(_service.Installation);
        Assert.Null(worker.Version);

        worker.Warm();

        Assert.Equal(_service.Installation.CriuVersion, worker.Version);
        Assert.NotNull(worker.Features);
    }

    [Fact]
    public void ShieldedWorkerIsTheLastToGo()
    {
        using var worker = CriuWorker.Start(_service.Installation);
        var path = $"/proc/{worker.Pid}/oom_score_adj";
        var before = File.ReadAllText(path);
        Assert.Equal(worker.TryShield() ? "-1000\n" : before, File.ReadAllText(path));
    }

    [Fact]
    public void DumpThroughAWarmedWorkerIsARestorableDump()
    {
        using var child = SleepingChild.Start();
        var worker = CriuWorker.Start(_service.Installation);
        worker.Warm();
        using (var options = Options(child, worker, leaveRunning: false))
            _service.Dump(options);

        Assert.True(worker.WaitForExit().Succeeded);
        Assert.Equal(Processes.Signal.Kill, child.Wait().Signal);
        using var restore = _images.Options(_service, "restore.log");
        using var restored = SleepingChild.Adopt(_service.RestoreChild(restore).Pid);
        Assert.Equal(child.Pid, restored.Pid);
    }

    [Fact]
    public void ExternalNetworkIsInheritedByTheRestoredChild()
    {
        using var child = SleepingChild.StartInOwnNetwork();
        using var network = FileOpen.Open($"/proc/{child.Pid}/ns/net", OpenFlags.ReadOnly | OpenFlags.CloseOnExec);
        var before = new FileInfo($"/proc/{child.Pid}/ns/net").LinkTarget!;
        var worker = CriuWorker.Start(_service.Installation);
        worker.Warm();
        using (var options = Options(child, worker, leaveRunning: false))
        {
            options.NetworkLock = CriuNetworkLock.Skip;
            options.AddExternal($"net[{before.Split('[', ']')[1]}]:outer");
            _service.Dump(options);
        }
        child.Wait();
        Assert.Equal("outer", Native.Criu.Images.NetNamespaceImage.Read(Directory.EnumerateFiles(_images.Path, "netns-*.img").Single()).ExternalKey);

        using var restore = _images.Options(_service, "restore.log");
        restore.AddInheritFd(network, "outer");
        using var restored = SleepingChild.Adopt(_service.RestoreChild(restore).Pid);

        Assert.Equal(before, new FileInfo($"/proc/{restored.Pid}/ns/net").LinkTarget);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries($"/proc/{restored.Pid}/fd"), path => new FileInfo(path).LinkTarget == before);
    }

    [Fact]
    public void WorkerStartsCleanAndInASessionOfItsOwn()
    {
        using var worker = CriuWorker.Start(_service.Installation,
            new CriuWorkerOptions { Environment = new Dictionary<string, string> { ["CR_IP_TOOL"] = "/bin/true" } });
        worker.Warm();

        var environment = File.ReadAllText($"/proc/{worker.Pid}/environ").TrimEnd('\0').Split('\0').Order(StringComparer.Ordinal);
        var own = Path.GetDirectoryName(_service.Installation.CriuPath);
        Assert.Equal(["CR_IP_TOOL=/bin/true", "HOME=/nonexistent", "LANG=C", $"PATH={own}:/usr/sbin:/usr/bin:/sbin:/bin"], environment);
        Assert.Equal(worker.Pid, (int)ProcStat.Read(worker.Pid).Session);
        Assert.Equal("0000000000000000", Status(worker.Pid, "SigBlk"));
        Assert.Equal(["0", "1", "2", "3"], Directory.EnumerateFileSystemEntries($"/proc/{worker.Pid}/fd").Select(Path.GetFileName)
            .Where(name => int.Parse(name!) < 100).Order());
    }

    [Fact]
    public void InheritedDescriptorsKeepTheirNumbers()
    {
        using var one = FileOpen.Open("/dev/zero", OpenFlags.ReadOnly | OpenFlags.CloseOnExec);
        using var two = FileOpen.Open("/dev/full", OpenFlags.ReadOnly | OpenFlags.CloseOnExec);
        using var worker = CriuWorker.Start(_service.Installation, new CriuWorkerOptions { Inherited = [(one, two.Number + 4), (two, one.Number + 4)] });
        worker.Warm();

        Assert.Equal("/dev/zero", Link(worker.Pid, two.Number + 4));
        Assert.Equal("/dev/full", Link(worker.Pid, one.Number + 4));
    }

    [Fact]
    public void UnusedWorkerEndsWithItsHandle()
    {
        var worker = CriuWorker.Start(_service.Installation);

        worker.Dispose();

        Assert.False(Directory.Exists($"/proc/{worker.Pid}"));
        Assert.Throws<InvalidOperationException>(worker.Warm);
    }

    [Fact]
    public void WorkerOfOptionsThatWereNeverUsedEndsWithThem()
    {
        var worker = CriuWorker.Start(_service.Installation);
        using (var options = _images.Options(_service))
            options.Worker = worker;

        Assert.False(Directory.Exists($"/proc/{worker.Pid}"));
    }

    [Fact]
    public async Task WorkerWhoseOptionsAreLostEndsWithItsHandle()
    {
        var worker = CriuWorker.Start(_service.Installation);
        var options = _images.Options(_service);
        options.Worker = worker;

        // What a setter that throws leaves: options that nobody disposes, and a worker that somebody does.
        await Task.Run(worker.Dispose, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.False(Directory.Exists($"/proc/{worker.Pid}"));
        options.Dispose();
    }

    [Fact]
    public void WorkerThatWasLentCannotBeAskedOrLentAgain()
    {
        using var worker = CriuWorker.Start(_service.Installation);
        using var options = _images.Options(_service);
        options.Worker = worker;
        using var others = _images.Options(_service);

        Assert.Throws<InvalidOperationException>(worker.Warm);
        Assert.Throws<InvalidOperationException>(() => others.Worker = worker);
    }

    [Fact]
    public void RefusedDumpEndsTheWorkerAndResumesTheChild()
    {
        using var child = SleepingChild.Start();
        var worker = CriuWorker.Start(_service.Installation);
        worker.Warm();
        using var options = Options(child, worker, leaveRunning: false);

        Assert.Throws<CriuException>(() => _service.Dump(options, notification =>
        {
            if (notification.Action == CriuNotifyAction.PostDump)
                throw new SyscallException("write", "manifest", Errno.EIO);
        }));

        Assert.False(Directory.Exists($"/proc/{worker.Pid}"));
        Assert.Null(ChildProcess.TryWait(child.Pid));
    }

    [Fact]
    public void ProgramThatIsNoCriuSaysSo()
    {
        using var worker = CriuWorker.Start("/bin/ls");

        var failure = Assert.Throws<CriuException>(worker.Warm);

        Assert.Equal(Errno.ECOMM, failure.Errno);
        Assert.Contains("swrk", failure.Message, StringComparison.Ordinal); // ls: cannot access 'swrk'
    }

    [Fact]
    public void WorkerIsForDumpsOnly()
    {
        using var options = _images.Options(_service);
        options.Worker = CriuWorker.Start(_service.Installation);

        Assert.Throws<InvalidOperationException>(() => _service.RestoreChild(options));
        Assert.Throws<InvalidOperationException>(() => options.ServiceBinary = "/bin/criu");
    }

    [Fact]
    public void TwentyDumpsLeaveNoDescriptorAndNoProcess()
    {
        using var child = SleepingChild.Start();
        Cycle(child, 0); // What is opened once for the process is open from here on.
        var descriptors = Descriptors();
        var children = Children();

        for (var i = 1; i <= 20; i++)
            Cycle(child, i);

        // Other tests of this process open and close some meanwhile; what every dump left would be twenty.
        Assert.InRange(Descriptors().Except(descriptors).Count(), 0, 15);
        // Those of other tests end by themselves; what a dump left does not.
        Assert.True(SpinWait.SpinUntil(() => Children() == children || Children().Length == 0, TimeSpan.FromSeconds(20)),
            $"{Children()} instead of {children}");
    }

    private void Cycle(SleepingChild child, int i)
    {
        using var folder = new ImageFolder();
        using var options = folder.Options(_service);
        options.Pid = child.Pid;
        options.LeaveRunning = true;
        // Every way of talking to criu, and every way to fail.
        if (i % 2 == 0)
        {
            var worker = CriuWorker.Start(_service.Installation);
            worker.Warm();
            options.Worker = worker;
        }
        if (i % 3 == 0)
            options.AddExternal("net[1]:none");
        var refuse = i % 4 == 3;
        try
        {
            _service.Dump(options, notification =>
            {
                if (refuse && notification.Action == CriuNotifyAction.PreDump)
                    throw new InvalidOperationException("no");
            });
            Assert.False(refuse);
        }
        catch (CriuException) when (refuse)
        {
        }
    }

    private CriuOptions Options(SleepingChild child, CriuWorker worker, bool leaveRunning)
    {
        var options = _images.Options(_service);
        options.Pid = child.Pid;
        options.LeaveRunning = leaveRunning;
        options.Worker = worker;
        return options;
    }

    // Only what criu could leave: sockets, memory files and directories; the runtime opens other files when it likes.
    private static List<string> Descriptors() =>
        [.. Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(path => new FileInfo(path).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:", StringComparison.Ordinal) || target.Contains("criu", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)];

    // criu's alone: other classes have children of their own meanwhile.
    private static string Children() => string.Join(' ', Directory.EnumerateDirectories("/proc/self/task").SelectMany(task =>
        Text(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(IsCriu).Order(StringComparer.Ordinal));

    private static bool IsCriu(string pid) => Text($"/proc/{pid}/comm").Contains("criu", StringComparison.Ordinal);

    // Of a process or thread that has ended meanwhile there is none.
    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string? Link(int pid, int number) => new FileInfo($"/proc/{pid}/fd/{number}").LinkTarget;

    private static string Status(int pid, string key) =>
        File.ReadLines($"/proc/{pid}/status").Single(line => line.StartsWith(key + ":", StringComparison.Ordinal))[(key.Length + 1)..].Trim();
}
