using LxcNative.Native.Cgroups;
using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Confinement;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Carries a restore out, in the monitor, on its main thread; undoes it on failure; afterwards watches over the container.</summary>
internal sealed class RestoreRunner(MonitorRequest request, EmptyNetwork empty) : IDisposable
{
    private static readonly TimeSpan ReapPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClaimPatience = TimeSpan.FromSeconds(2);
    private readonly SpanRecorder _recorder = new();
    private INetworkRestore? _network;
    private RestoreNotifications? _notifications;
    private RootMount? _root;
    private TmpfsRebuild? _tmpfs;
    private AppArmorRebuild? _policy;
    private RestoredContainer? _record;
    private ContainerClaim? _claim;
    private Task _entering = Task.CompletedTask;

    /// <summary>Restores. Never throws: the answer tells what happened.</summary>
    public MonitorReply Run()
    {
        var start = MonotonicClock.Microseconds();
        try
        {
            TakePlace();
        }
        catch (Exception e)
        {
            // Nothing is made yet, and nothing to be undone: what is there is another's.
            return new MonitorReply(0, null, null, [], e.Message, true) { IsRefused = e is CheckpointRefusedException or ContainerException };
        }

        try
        {
            CleanEnvironment();
            _network = request.Network is null ? new CriuNetworkRestore(request.Nics) : new NativeNetworkRestore(Path.Combine(request.ImagesDirectory, request.Network), empty, request.Nics, request.CriuInNetwork, _recorder);
            _notifications = new RestoreNotifications(request, _network, _recorder);
            // The first move to another cgroup takes the kernel some 20 ms, and makes those that criu does next quick.
            _entering = Task.Run(() => MonitorCgroup.Enter(request.MonitorCgroups));
            _network.Begin();
            var warnings = new List<string>();
            // From here on this thread's mounts are its own, and so are those of the criu that it starts.
            Namespace.Unshare(NamespaceKind.Mount);
            Mount.SetPropagation("/", Propagation.Slave, recursive: true);
            if (request.Kerndat is { } kerndat)
                CriuKerndat.FromBytes(kerndat).Show();
            _tmpfs = TmpfsRebuild.Start(request, _recorder);
            _root = RootMount.Make(request.Name, request.Root);
            ImageRepair.Apply(request);
            if (request.HasAppArmorPolicy)
                _policy = AppArmorRebuild.Load(AppArmorImageFile.ReadFrom(request.ImagesDirectory), request.Name, request.LsmProfile is null);
            DeviceRuleRepair.MakePlace(request.Cgroups, request.Devices);
            var tmpfs = _tmpfs.Complete();
            var prepared = MonotonicClock.Microseconds();
            var init = Restore(_network, _notifications, tmpfs, warnings);
            var resumed = MonotonicClock.Microseconds();
            Attempt(warnings, "the container runs, but its monitor is not in the cgroups that LXC has for it", () => _entering.GetAwaiter().GetResult());
            if (!request.Detached)
            {
                _record = new RestoredContainer(request.Name, request.LxcPath, init, ProcStat.Read(init).StartTimeTicks, Environment.ProcessId, request.ImagesDirectory);
                _record.Write();
            }

            _root.RemovePoint();
            _tmpfs.RemovePlace();
            ImageRepair.RemovePlace(request);
            _recorder.Add(Track.Own, RestoreSpan.Prepare, start, prepared);
            _recorder.Add(Track.Own, RestoreSpan.Criu, prepared, resumed);
            return new MonitorReply(init, Timings(start, prepared, resumed), ReadStats(), warnings, null, true) { Spans = _recorder.Spans };
        }
        catch (Exception e)
        {
            // The asker is another process: whatever it was, it is told there.
            return Undo(e);
        }
    }

    /// <summary>Lets go of what only the restore needed: its sockets would keep the network namespace, and so the host's veth, after the
    /// container's end. To be called when the asker has its answer, which need not wait for the kernel here.</summary>
    public void Release() => _network?.Dispose();

    /// <summary>Waits for the container's end, then clears away what it leaves. Returns when nothing is left.</summary>
    public void Supervise(MonitorSignals signals)
    {
        var init = _record!.InitPid;
        using var handle = ProcessHandle.Open(init);
        signals.OnTerminate(() => handle.SendSignal(Signal.Kill));
        ChildProcess.Wait(init);
        RemoveCgroups();
        _policy?.Remove();
        MonitorCgroup.Leave(request.MonitorCgroups);
        // Whoever waits for the record's end may restore the container again.
        _claim?.Dispose();
        _record.Remove();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _network?.Dispose();
        _notifications?.Dispose();
        _claim?.Dispose();
    }

    // Another restore may have begun since the asker looked. The monitor of a container that has just ended needs a moment.
    private void TakePlace()
    {
        _claim = ContainerClaim.TryTake(ContainerClaim.Restore, request.Name, ClaimPatience)
            ?? throw new CheckpointRefusedException($"another restore of {request.Name} is under way");
        RestoreRefusals.CheckPlace(request.LxcPath, request.Name, request.Cgroups);
    }

    private int Restore(INetworkRestore network, RestoreNotifications notifications, IReadOnlyList<(string Key, string Path)> tmpfs, List<string> warnings)
    {
        var service = new CriuService(CriuInstallation.At(request.CriuPath, Version.Parse(request.CriuVersion), request.LibCriuPath));
        using var images = FileOpen.Open(request.ImagesDirectory, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
        using var criu = CriuRestoreOptions.Build(service, request, network, tmpfs, _root!.Path, images);
        var result = network.Call(() => service.RestoreChild(criu, notifications.Handle));
        if (result.LateFailure is { } failure)
            warnings.Add($"the container runs, but not everything could be brought back: {failure.Message}");
        warnings.AddRange(notifications.NetworkShortfalls);
        notifications.RepairTerminals();
        return result.Pid;
    }

    // criu and what it runs take PATH, locale and their own settings from the C environment.
    private void CleanEnvironment()
    {
        var directory = Path.GetDirectoryName(request.CriuPath)!;
        ProcessEnvironment.Clear();
        ProcessEnvironment.Set("PATH", $"{directory}:{SystemPath.Value}");
        ProcessEnvironment.Set("LANG", "C");
        if (Environment.GetEnvironmentVariable("CR_IP_TOOL") is { Length: > 0 } tool)
            ProcessEnvironment.Set("CR_IP_TOOL", tool);
    }

    private RestoreTimings Timings(long start, long prepared, long resumed) => new(
        prepared - start, _notifications!.Restored - prepared, _notifications.UnlockTook, resumed - _notifications.Opened, resumed - start);

    private RestoreStatistics? ReadStats()
    {
        var path = Path.Combine(request.ImagesDirectory, "stats-restore");
        return File.Exists(path) ? CriuStats.Read(path).Restore : null;
    }

    private MonitorReply Undo(Exception cause)
    {
        var left = new List<string>();
        Attempt(left, "container processes", () =>
        {
            // criu killed them; the root is this process's child and has to be reaped.
            if (_notifications is { InitPid: not 0 } && Directory.Exists($"/proc/{_notifications.InitPid}"))
                Reap(_notifications.InitPid);
        });
        _notifications?.Dispose();
        Attempt(left, "host veth devices", () => _network?.Undo());
        Attempt(left, "the mount point of its root", () => _root?.RemovePoint());
        Attempt(left, "the place of tmpfs", () => _tmpfs?.RemovePlace());
        Attempt(left, "the place of mended images", () => ImageRepair.RemovePlace(request));
        Attempt(left, "cgroups", RemoveCgroups);
        Attempt(left, "the AppArmor policy", () => _policy?.Remove());
        ((IAsyncResult)_entering).AsyncWaitHandle.WaitOne();
        Attempt(left, "the monitor's cgroups", () => MonitorCgroup.Leave(request.MonitorCgroups));
        var message = left.Count == 0 ? cause.Message : $"{cause.Message}\nNot removed: {string.Join("; ", left)}";
        return new MonitorReply(0, null, null, [], message, left.Count == 0);
    }

    private static void Reap(int child)
    {
        for (var deadline = DateTime.UtcNow + ReapPatience; DateTime.UtcNow < deadline; Thread.Sleep(1))
            if (ChildProcess.TryWait(child) is not null)
                return;
        throw new IOException($"process {child} has not ended");
    }

    private static void Attempt(List<string> left, string what, Action undo)
    {
        try
        {
            undo();
        }
        catch (Exception e) when (e is LinuxException or IOException)
        {
            left.Add($"{what}: {e.Message}");
        }
    }

    private void RemoveCgroups()
    {
        foreach (var cgroup in request.Cgroups.Where(one => one.Path != "/" && Directory.Exists(one.Directory)))
            new CgroupDirectory(cgroup.Directory!).RemoveTree();
    }
}
