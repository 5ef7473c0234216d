using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Engines.Lxc.Serving;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.InPlace;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Owners;
using LxcNative.Orchestrator.Restores.Clones;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;
using LxcNative.Orchestrator.Storage;
using LxcNative.Orchestrator.Timelines;
using static LxcNative.Native.Processes.MonotonicClock;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Carries a restore out, in the monitor, on its main thread; undoes it on failure; afterwards watches over the container.</summary>
internal sealed class RestoreRunner(MonitorRequest request, EmptyNetwork empty, TakenNetwork? kept, MonitorLoop loop) : IDisposable
{
    private static readonly TimeSpan ReapPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AddressPatience = TimeSpan.FromSeconds(10);
    private readonly RestorePlan _plan = request.Plan;
    private readonly SpanRecorder _recorder = new();
    private readonly string _place = RunDirectory.RestoreOf(Environment.ProcessId);
    private Journal? _journal;
    private StepRunner? _steps;
    private PartReturns? _parts;
    private RestoreNotifications? _notifications;
    private RestoreVerification? _verification;
    private CriuService? _criu;
    private MendedImages? _images;
    private ContainerClaim? _claim;
    private ImagesUse? _use;
    private CommandSocket? _address;
    private ContainerWatch? _watch;
    private UnixCredentials? _stranger;
    private FileDescriptor? _hostMounts, _hostNetwork;
    private readonly List<string> _warnings = [];
    private int _init;

    /// <summary>Whether the container has ended in whose place another is restored: from then on its network is this one's.</summary>
    public bool TookOver { get; private set; }

    /// <summary>Restores. Never throws: the answer tells what happened.</summary>
    /// <param name="cues">Where the asker tells more, if there is a container to be taken over; stays the caller's.</param>
    public MonitorReply Run(FileDescriptor cues)
    {
        var start = MonotonicClock.Microseconds();
        try
        {
            if (request.Takeover is { } takeover)
            {
                Prepare();
                Asker.TellReady();
                if (!Departure.Wait(takeover, cues))
                    return Cancelled();
                TookOver = true;
                Attempt.Run(_warnings, "its network's lock is recorded as that of the process that checkpointed it",
                    kept is null ? null : kept.Lock.TakeRecord);
                start = MonotonicClock.Microseconds();
                Inherit(takeover);
            }
            else
            {
                TakePlace();
                Prepare();
            }

            _parts!.Make(_steps!);
            var prepared = MonotonicClock.Microseconds();
            if (_stranger is { } stranger)
                _warnings.Add(
                    $"LXC's tools do not know {_plan.Name} as long as it runs: process {stranger.ProcessId} of user {stranger.UserId} listens at its command "
                    + "socket");
            _init = Restore();
            return Running(start, prepared, MonotonicClock.Microseconds());
        }
        catch (Exception e) when (_steps is null)
        {
            // Nothing is made yet, and nothing to be undone: what is there is another's.
            return new MonitorReply(0, null, null, [], e.Message, true) { IsRefused = e is RefusedException };
        }
        catch (Exception e)
        {
            // The asker is another process: whatever it was, it is told there.
            return Undo(e);
        }
    }

    /// <summary>Lets go of what only the restore needed: its sockets would keep the network namespace, and so the host's veth, after the
    /// container's end. To be called when the asker has its answer, which need not wait for the kernel here.</summary>
    public void Release()
    {
        _parts?.Release();
        _use?.Dispose();
    }

    /// <summary>Waits for the container's end, then clears away what it leaves, and starts it again where its init asked for that.</summary>
    public void Supervise() => new ContainerEnd(_plan, _init, _hostMounts!).Run(_watch, () => _steps!.TakeBack(), () => _claim?.Dispose());

    /// <inheritdoc />
    public void Dispose()
    {
        _watch?.Dispose();
        _parts?.Dispose();
        _journal?.Dispose();
        _address?.Dispose();
        _claim?.Dispose();
        _use?.Dispose();
        _hostMounts?.Dispose();
        _hostNetwork?.Dispose();
    }

    // Another restore may have begun since the asker looked. The monitor of a container that has just ended needs a moment.
    private void TakePlace()
    {
        _claim = ContainerClaim.TryTake(ContainerClaim.Restore, _plan.Name, RestoreCheck.Patience)
            ?? throw RestoreCheck.UnderWay(_plan.Name);
        if (ContainerPlace.Taken(_plan.LxcPath, _plan.Name) is { } taken)
            throw new RefusedException($"{taken}: stop it first");
        _use = ImagesUse.Begin(_plan.ImagesDirectory);
        if (!_plan.Detached)
            TakeAddress();
    }

    // LXC's monitor of the container that has just ended may still be at its hooks.
    private void TakeAddress()
    {
        _address = CommandSocket.TryBind(_plan.LxcPath, _plan.Name, AddressPatience);
        if (_address is not null)
            return;
        // Anybody may listen at an address that is free: the container is not to be lost for that.
        _stranger = LxcCommandSocket.Stranger(_plan.LxcPath, _plan.Name)
            ?? throw new RefusedException(
            $"the command socket of {_plan.Name} is taken: the monitor of LXC that it was started by has not ended. Look for the process [lxc monitor] "
            + $"{_plan.LxcPath} {_plan.Name}");
    }

    // The place is free when whoever looked after the container has cleared up.
    private void Inherit(Takeover takeover)
    {
        var start = MonotonicClock.Microseconds();
        _warnings.AddRange(Leftovers.Clear(CheckpointManifest.Read(_plan.ImagesDirectory).Container with { Monitor = takeover.Monitor }));
        TakePlace();
        _recorder.Add(Track.Own, RestoreSpan.Place, start, MonotonicClock.Microseconds());
    }

    // What nobody else can see.
    private void Prepare()
    {
        MonitorEnvironment.Clean(request.CriuPath);
        _steps = new StepRunner(_journal = Journal.Begin(ContainerClaim.Restore, _plan.Name));
        _images = new MendedImages(_plan.ImagesDirectory, Path.Combine(_place, "images"), new OwnersPart().Read(_plan.States));
        _hostMounts = Namespace.OpenSelf(NamespaceKind.Mount);
        _hostNetwork = Namespace.OpenSelf(NamespaceKind.Net);
        var context = new ReturnContext(_plan, empty, _images, _place, _recorder) { Kept = kept, HostMounts = _hostMounts, HostNetwork = _hostNetwork };
        _parts = new PartReturns([.. PartList.All.Select(part => part.Return(_plan.States, context))]);
        _verification = RestoreVerification.Prepare(_plan, _hostMounts, _hostNetwork);
        _notifications = new RestoreNotifications(_parts, _recorder, _verification is null ? null : init => _verification.Run(init, _parts.Complete));
        _criu = new CriuService(CriuInstallation.At(request.CriuPath, Version.Parse(request.CriuVersion), request.LibCriuPath));
        // From here on this thread's mounts are its own, and so are those of the threads and the criu that it starts.
        Namespace.Unshare(NamespaceKind.Mount);
        HostPropagation.Arrange(_plan.ImagesDirectory);
        _steps.Take(new Step("the mount points", () => RunDirectory.Make(_place)) { Undo = [new PlaceUndo(_place)], Lifetime = Lifetime.Restore });
        if (request.Kerndat is { } kerndat)
            CriuKerndat.FromBytes(kerndat, RunDirectory.Path).Show();
        _steps.Take(_images.Begin);
        if (_plan.Detached)
            _steps.Take(new Step("an init that outlives its parent", () => _images.Mend("core-1.img", ParentDeathRepair.Repair)));
        if (_plan.Cloned is { } clone)
            _steps.Take(CloneHome.Making(clone, _plan.States));
    }

    private int Restore()
    {
        using var images = FileOpen.Open(_images!.Directory, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
        using var work = FileOpen.Open(_plan.ImagesDirectory, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
        using var criu = CriuRestoreOptions.Build(_criu!, _plan, images);
        criu.WorkDirectory = work;
        _parts!.DescribeTo(criu);
        CriuRestoreResult result;
        try
        {
            result = _parts.Around(() => _criu!.RestoreChild(criu, _notifications!.Handle));
        }
        finally
        {
            // Its init was killed for it, whatever criu makes of that.
            _verification?.Require();
        }

        if (result.LateFailure is { } failure)
            _warnings.Add($"the container runs, but not everything could be brought back: {failure.Message}");
        return result.Pid;
    }

    // The container runs: whatever fails from here on is told, and ends nothing.
    private MonitorReply Running(long start, long prepared, long resumed)
    {
        Attempt.Run(_warnings, "its network may not be open", _notifications!.Ended);
        Attempt.Run(_warnings, "not all of its parts are complete", () => _parts!.Running(_init));
        _warnings.AddRange(_parts!.Shortfalls);
        _warnings.AddRange(_verification?.Troubles ?? []);
        if (_plan.Cloned is { } clone)
            Attempt.Run(_warnings, "its directory is still marked as one that is being made", () => CloneHome.Keep(clone));
        if (!_plan.Detached)
        {
            Attempt.Run(_warnings, "it is not recorded as restored", Record);
            // Before the answer: who has it may ask LXC at once.
            Attempt.Run(_warnings, "its monitor does not hear signals", () => _watch = new ContainerWatch(loop, _init));
            Attempt.Run(_warnings, "LXC's tools do not know it as long as it runs", Serve);
        }

        _warnings.AddRange(_steps!.Settle().Select(left => $"not removed: {left}"));
        if (_plan.Detached)
            _steps.LeaveAll();
        RestoreStatistics? statistics = null;
        Attempt.Run(_warnings, "criu's statistics cannot be read", () => statistics = ReadStats());
        _recorder.Add(Track.Own, RestoreSpan.Prepare, start, prepared);
        _recorder.Add(Track.Own, RestoreSpan.Criu, prepared, resumed);
        var timings = new RestoreTimings(
            Between(start, prepared), Between(prepared, _notifications!.Restored), Between(0, _notifications.UnlockTook),
            Between(_notifications.Opened, resumed), Between(start, resumed));
        return new MonitorReply(_init, timings, statistics, _warnings, null, true)
        {
            Spans = _recorder.Spans,
            Packets = _parts.Packets,
            Resumed = resumed,
            Comparison = _verification?.Report,
        };
    }

    private void Serve()
    {
        if (_watch is { } watch)
            watch.Serve(_plan.Name, _plan.LxcPath, _plan.States, _parts!.KeptTerminals(_init), _address);
    }

    private void Record()
    {
        var record = new RestoredContainer(_plan.Name, _plan.LxcPath, _init, ProcStat.Read(_init).StartTimeTicks, Environment.ProcessId, _plan.ImagesDirectory);
        _steps!.Take(new Step("its record", record.Write) { Undo = [new RecordUndo(record)], Lifetime = Lifetime.Container });
    }

    private RestoreStatistics? ReadStats()
    {
        var path = Path.Combine(_plan.ImagesDirectory, "stats-restore");
        return File.Exists(path) ? CriuStats.Read(path).Restore : null;
    }

    private MonitorReply Cancelled()
    {
        _parts?.Dispose();
        var left = _steps!.TakeBack();
        return new MonitorReply(0, null, null, left, null, left.Count == 0) { IsCancelled = true };
    }

    private MonitorReply Undo(Exception cause)
    {
        var left = new List<string>();
        // criu killed them; the root is this process's child and has to be reaped.
        if (_notifications is { InitPid: not 0 } && Directory.Exists($"/proc/{_notifications.InitPid}"))
            Attempt.Run(left, "container processes", () => Reap(_notifications.InitPid));
        // Whatever is still being made is at its end then.
        _parts?.Dispose();
        left.AddRange(_steps?.TakeBack() ?? []);
        var message = left.Count == 0 ? cause.Message : $"{cause.Message}\nNot removed: {string.Join("; ", left)}";
        return new MonitorReply(0, null, null, [], message, left.Count == 0) { CriuErrors = (cause as CriuException)?.LogErrors ?? [] };
    }

    private static void Reap(int child)
    {
        for (var deadline = Deadline.After(ReapPatience); !deadline.IsOver; Thread.Sleep(1))
            if (ChildProcess.TryWait(child) is not null)
                return;
        throw new IOException($"process {child} has not ended");
    }
}
