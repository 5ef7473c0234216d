using LxcNative.Native.Criu;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Restores;

/// <summary>Answers criu during a restore: repairs what it loses, opens the network when all tasks are there.</summary>
internal sealed class RestoreNotifications(MonitorRequest request, INetworkRestore network, SpanRecorder recorder) : IDisposable
{
    private readonly List<IDisposable> _terminals = [];

    /// <summary>The init's pid, once it exists.</summary>
    public int InitPid { get; private set; }

    /// <summary>What of the network could not be made as it was, in words.</summary>
    public IReadOnlyList<string> NetworkShortfalls { get; private set; } = [];

    /// <summary>When all tasks were made; microseconds of CLOCK_MONOTONIC.</summary>
    public long Restored { get; private set; }

    /// <summary>When the network was opened.</summary>
    public long Opened { get; private set; }

    /// <summary>How long removing the lock took.</summary>
    public long UnlockTook => Opened - Restored;

    /// <summary>Handles one notification.</summary>
    public void Handle(CriuNotification notification)
    {
        switch (notification.Action)
        {
            case CriuNotifyAction.SetupNamespaces:
                InitPid = notification.Pid ?? throw new InvalidOperationException("criu did not tell the pid of the init that it made.");
                recorder.Run(Track.Own, RestoreSpan.Init, () => network.NamespacesMade(InitPid));
                break;
            case CriuNotifyAction.PostSetupNamespaces:
                // From here on sockets are made, which need addresses.
                recorder.Run(Track.Own, RestoreSpan.Await, () => NetworkShortfalls = network.Complete());
                break;
            case CriuNotifyAction.OrphanPtsMaster when notification.OrphanPtsMaster is { } master:
                // A terminal whose master goes away hangs up: the monitor keeps it, as LXC's own does.
                _terminals.Add(master);
                break;
            case CriuNotifyAction.PostRestore:
                recorder.Run(Track.Own, RestoreSpan.Repair, () =>
                {
                    MountFlagRepair.Repair(InitPid, [.. request.ExternalMounts.Select(mount => new MountPlace(mount.MountPoint, mount.Options)), .. request.Tmpfs.SelectMany(mount => mount.Places)]);
                    DeviceRuleRepair.Repair(request.Cgroups, request.Devices);
                    DeviceProgramRepair.Repair(request.Cgroups, request.DevicePrograms);
                });
                // A criu inside of the namespace does not tell when it would open it, which is next.
                if (request.CriuInNetwork)
                    Open();
                break;
            case CriuNotifyAction.NetworkUnlock:
                Open();
                break;
        }
    }

    /// <summary>Brings terminals back that nobody had open. To be called when criu has ended: until then it holds their masters.</summary>
    public void RepairTerminals() => _terminals.AddRange(TerminalRepair.Repair(InitPid));

    private void Open()
    {
        Restored = MonotonicClock.Microseconds();
        network.Open();
        Opened = MonotonicClock.Microseconds();
        recorder.Add(Track.Own, RestoreSpan.Open, Restored, Opened);
    }

    /// <inheritdoc />
    public void Dispose() => _terminals.ForEach(terminal => terminal.Dispose());
}
