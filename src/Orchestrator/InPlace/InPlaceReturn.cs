using System.Text.Json;
using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Monitoring;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.InPlace;

/// <summary>The coming back of a container in its own place, as the process sees it that checkpoints it: the monitor is started while the container runs, is
/// asked when the images are complete, and begins by itself when the container has ended, after it was told that it will. From then on its coming back does not
/// depend on this process; a second try does, and the telling of a failure, and the cutting off of a network that is not kept.</summary>
internal sealed class InPlaceReturn : IDisposable
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(2), ReadyPatience = TimeSpan.FromSeconds(15);
    private readonly Container _container;
    private readonly RestoreOptions _options;
    private readonly StartedMonitor _monitor;
    private readonly SharedLock? _lock;
    private readonly IReadOnlyList<KeptLink> _links;
    private readonly Journal _journal;
    private bool _isArmed, _isSetAside;

    private InPlaceReturn(Container container, CheckpointOptions options, FileDescriptor network, SharedLock? held)
    {
        (_container, _lock) = (container, held);
        // The bytes were written a moment ago, by this process.
        _options = new RestoreOptions
        {
            CheckHashes = false,
            Lock = options.Lock,
            Verbosity = options.Verbosity,
            Criu = options.Criu,
            MonitorProgram = options.MonitorProgram,
        };
        _links = held is null ? [] : [.. container.Nics.Where(nic => nic.Host is not null).Select(nic => new KeptLink(nic.Host!.Index, nic.Host.Name))];
        _journal = Journal.Begin(ContainerClaim.Checkpoint, container.Name);
        try
        {
            _monitor = StartedMonitor.Start(RestorePrograms.Monitor(options.MonitorProgram),
                held is null ? null : TakenNetwork.Inherited(network, held));
        }
        catch
        {
            _journal.Remove();
            throw;
        }
    }

    /// <summary>Whether the network namespace outlives the container, locked from the freeze on until it is back.</summary>
    public bool KeepsNetwork => _lock is not null;

    /// <summary>What of the network does not stay, in words.</summary>
    public IEnumerable<string> Limitations => KeepsNetwork || _container.NetworkSharing is not null || _container.Nics.All(nic => nic.Host is null)
        ? []
        : [$"its network is made anew{(KeptLink.CanBeSetAside ? "" : ", for before Linux 6.2 the host's devices cannot be kept while they are up")}: packets "
            + "that come between its end and that are dropped, and sent again by their senders"];

    /// <summary>Whether everything is ready for the container's end: the monitor brings the container back when that has ended.</summary>
    public bool IsArmed => _isArmed;

    /// <summary>What of a restore is known before it.</summary>
    public RestoreOptions Options => _options;

    /// <summary>Starts the monitor. The container runs.</summary>
    /// <param name="container">The container.</param>
    /// <param name="options">How it is checkpointed.</param>
    /// <param name="network">Its network namespace; stays the caller's.</param>
    /// <param name="savedBy">Who saves that.</param>
    /// <param name="held">Its lock; stays the caller's.</param>
    /// <exception cref="RefusedException">No program can become a monitor, or it cannot be started.</exception>
    public static InPlaceReturn Begin(Container container, CheckpointOptions options, FileDescriptor network, CaptureMode savedBy, SharedLock? held)
    {
        // A network of others goes on without the container, and criu makes one of its own; as it does where it has to belong to a user namespace, which ends.
        var isKept = savedBy == CaptureMode.Native && container.NetworkSharing is null && !container.HasUserNamespace
            && (KeptLink.CanBeSetAside || container.Nics.All(nic => nic.Host is null));
        try
        {
            return new InPlaceReturn(container, options, network, isKept ? held : null);
        }
        catch (SyscallException e)
        {
            throw new RefusedException($"the process that restores cannot be started: {e.Message}", e);
        }
    }

    /// <summary>Asks the monitor, which prepares what it can and waits for the container's end. The container stands still, and its images are
    /// complete.</summary>
    /// <param name="directory">The images.</param>
    /// <param name="criu">The criu that restores, and what it knows of the kernel.</param>
    /// <param name="dumping">The criu that has the container in its hands.</param>
    /// <returns>When it is asked.</returns>
    public Task Ask(string directory, (CriuInstallation Installation, CriuKerndat? Kerndat) criu, int dumping) => Task.Run(() =>
    {
        var (plan, findings) = RestoreCheck.Run(directory, CheckpointManifest.Read(directory), _options, isThere: true);
        if (plan is null || RestoreCheck.Blocks(findings))
        {
            var blocking = findings.Where(finding => finding.Blocks).ToList();
            throw new NotCommittedException($"it cannot be restored here and now:{FindingText.Describe(blocking)}", blocking);
        }

        if (new NetworkPart().Read(plan.States).CriuInside && criu.Kerndat is null)
            throw new NotCommittedException("criu does not keep what it finds out about the kernel: inside of a locked network it cannot find it out", []);
        _monitor.Send(new MonitorRequest(plan, criu.Installation.CriuPath, criu.Installation.CriuVersion.ToString(), criu.Installation.LibCriuPath,
            criu.Kerndat?.ToBytes())
        {
            Takeover = new Takeover(
                new ProcessIdentity(_container.InitPid, _container.InitStartTime), ProcessIdentity.Of(Environment.ProcessId), ProcessIdentity.Of(dumping),
                _container.Monitor,
                _lock is { } held ? new KeptNetwork(_links, held.TableName, held.QueueNumber, held.Counts is not null, held.HasBridge) : null),
        });
    });

    /// <summary>The container is about to be let go: keeps the host's links from those who clear up after it.</summary>
    /// <param name="asked">What <see cref="Ask"/> returned.</param>
    /// <exception cref="NotCommittedException">It would not come back.</exception>
    public void Arm(Task asked)
    {
        try
        {
            asked.GetAwaiter().GetResult();
            if (!_monitor.AwaitReady(ReadyPatience))
                throw new NotCommittedException(
                    $"its restore cannot be prepared: {(_monitor.HasAnswered ? Receive().Error : $"it is not in {ReadyPatience.TotalSeconds:0} s")}",
                    []);
            SetAside();
            _monitor.Tell(MonitorCue.Go);
            _isArmed = true;
        }
        catch (Exception e) when (e is LinuxException or IOException or FailedException)
        {
            throw new NotCommittedException($"its restore cannot be prepared: {e.Message}", []);
        }
    }

    /// <summary>The container runs on: the monitor is ended, and the host's links get their names back. Where it has ended all the same, the monitor goes
    /// on, and this stays armed.</summary>
    /// <returns>What could not be given back, in words.</returns>
    public IReadOnlyList<string> Cancel()
    {
        var left = new List<string>();
        var goesOn = false;
        Attempt.Run(left, "the process that would have restored it", () =>
        {
            if (_monitor.Cancel(CancelPatience, () => _isArmed && ContainerHealth.IsGone(_container)) is { } kept)
                left.AddRange(kept);
            else
                goesOn = true;
        });
        if (goesOn)
            return [];
        _isArmed = false;
        Attempt.Run(left, "the names of the host's devices", () =>
        {
            using var host = RouteSocket.Open();
            foreach (var link in _links)
                link.GiveBack(host);
            _isSetAside = false;
        });
        return left;
    }

    /// <summary>Waits until the container is back.</summary>
    /// <returns>The monitor's reply, and its pid.</returns>
    /// <exception cref="FailedException">It did not come back.</exception>
    public (MonitorReply Reply, int MonitorPid) Await()
    {
        var reply = Receive();
        return reply.Error is { } error
            ? throw new FailedException(error, reply.CleanedUp ? ContainerState.Dumped : ContainerState.NeedsAttention)
            : (reply, _monitor.Pid);
    }

    /// <summary>Nothing comes back in the kept network: it is cut off while it is still locked, for it would answer with resets.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public void CutOff() => KeptLink.CutOff(_links);

    /// <summary>Lets the monitor go its own way; one that was not asked for anything ends, and one whose container has not ended is called back.</summary>
    public void Dispose()
    {
        var isGone = ContainerHealth.IsGone(_container);
        if (_isArmed && !isGone)
            Cancel();
        _monitor.Dispose();
        // Whoever finds this process dead tries again. Those of a container that has ended are its restore's.
        if (_isSetAside && !isGone)
            _journal.Dispose();
        else
            _journal.Remove();
    }

    private MonitorReply Receive()
    {
        try
        {
            return _monitor.Receive(_container.Name);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new FailedException($"the answer of the monitor process {_monitor.Pid} cannot be read: {e.Message}", ContainerState.NeedsAttention, e);
        }
    }

    private void SetAside()
    {
        if (_links.Count == 0)
            return;
        _isSetAside = true;
        _journal.Write(new Step("other names of the host's devices", null)
        {
            Undo = [.. _links.Select(link => new LinkNameUndo(_container.InitPid, _container.InitStartTime, link))],
        });
        using var host = RouteSocket.Open();
        foreach (var link in _links)
            link.SetAside(host);
    }
}
