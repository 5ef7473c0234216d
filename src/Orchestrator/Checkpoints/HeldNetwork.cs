using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The container's network lock, and when it was taken away.</summary>
internal sealed class HeldNetwork : IDisposable
{
    private readonly NetworkLock _lock;
    private readonly InvalidSegmentLimit? _limit;
    private readonly Journal? _journal;
    private readonly UnreadDatagrams? _datagrams;
    private readonly List<string> _shortfalls = [];

    private HeldNetwork(NetworkLock prepared, InvalidSegmentLimit? limit, Journal? journal, UnreadDatagrams? datagrams) =>
        (_lock, _limit, _journal, _datagrams) = (prepared, limit, journal, datagrams);

    /// <summary>What holds it.</summary>
    public string Method => _lock.Method.ToString().ToLowerInvariant();

    /// <inheritdoc cref="NetworkLock.TableName" />
    public string TableName => _lock.TableName;

    /// <summary>What the lock does not hold, in words.</summary>
    public IEnumerable<string> Limitations =>
    [
        .. _lock.WhyDropped is { } why ? [$"packets that come while the container stands still are dropped, not held: {why}"] : (string[])[],
        .. _lock.Limitations.Select(limit => $"not locked while the container stands still: {limit}"),
    ];

    /// <summary>What was not as it should be, in words.</summary>
    public IReadOnlyList<string> Shortfalls => _shortfalls;

    /// <summary>Whether packets are held. Then the container may go on before it is open: nobody is refused, and nothing lost. It should, where criu does not
    /// tell when it lets go of the sockets: one that is still under repair when its peer's acknowledgement comes takes the next segment for sent, and sends it
    /// 200 ms later.</summary>
    public bool Holds => _lock.Mode == NetworkLockMode.Hold;

    /// <summary>What became of the packets that came meanwhile; complete once this is disposed.</summary>
    public LockedPackets Packets => _lock.Packets;

    /// <summary>When it was held; microseconds of CLOCK_MONOTONIC.</summary>
    public long Locked { get; private set; }

    /// <summary>When it was open again; microseconds of CLOCK_MONOTONIC; 0 where the container ended instead.</summary>
    public long Unlocked { get; private set; }

    /// <summary>How long opening it took.</summary>
    public long UnlockTook { get; private set; }

    /// <summary>Prepares the lock; nothing is held yet.</summary>
    /// <exception cref="RefusedException">It cannot be locked.</exception>
    /// <param name="networkNamespace">The container's; stays the caller's.</param>
    /// <param name="container">The container.</param>
    /// <param name="options">What becomes of packets meanwhile, and whether the container runs on.</param>
    public static HeldNetwork Prepare(FileDescriptor networkNamespace, Container container, CheckpointOptions options)
    {
        NetworkLock prepared;
        try
        {
            prepared = NetworkLock.Prepare(networkNamespace, new NetworkLockOptions { Mode = options.Lock });
        }
        catch (NetworkLockHeldException held)
        {
            throw held.Of(container.Name);
        }
        catch (RefusedException e)
        {
            throw new RefusedException($"the network of {container.Name} cannot be locked: {e.Message}", e);
        }

        InvalidSegmentLimit? limit = null;
        UnreadDatagrams? datagrams = null;
        try
        {
            datagrams = options.Restore ? UnreadDatagrams.In(networkNamespace) : null;
            limit = options.LeaveRunning ? InvalidSegmentLimit.Find(networkNamespace) : null;
            return new HeldNetwork(prepared, limit, limit is null ? null : WriteDown(limit, container), datagrams);
        }
        catch
        {
            datagrams?.Dispose();
            limit?.Dispose();
            prepared.Dispose();
            throw;
        }
    }

    /// <summary>What another process needs to take the lock over; null where two cannot have it.</summary>
    public SharedLock? Shared => _lock.Shared;

    /// <summary>Another process has taken the lock over, and opens it.</summary>
    public void Leave() => _lock.Leave();

    /// <summary>Holds what comes in, and gives the container the time to read what came before: what lies unread in a socket for datagrams ends with
    /// it.</summary>
    public void HoldIncoming()
    {
        if (_datagrams is null)
            return;
        Attempt.Run(_shortfalls, "datagrams that came before the container stood still, and were not read, may be lost", () =>
        {
            _lock.EngageIncoming();
            if (_lock.IsEngaged)
                _datagrams.Await();
        });
    }

    /// <summary>Holds it.</summary>
    public void Lock()
    {
        _lock.Engage();
        Locked = MonotonicClock.Microseconds();
    }

    /// <summary>Opens it, if it is held: criu does not tell of the end of every dump.</summary>
    public void Unlock()
    {
        if (!_lock.IsEngaged)
            return;
        var start = MonotonicClock.Microseconds();
        _lock.Open();
        Unlocked = MonotonicClock.Microseconds();
        UnlockTook = Unlocked - start;
    }

    /// <summary>All is captured, and criu is about to let go of a container's sockets that runs on.</summary>
    public void LiftLimit() => _limit?.Lift();

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            _datagrams?.Dispose();
            _limit?.Dispose();
            _journal?.Remove();
        }
        finally
        {
            _lock.Dispose();
        }
    }

    // Whoever finds this process dead gives the container its setting back.
    private static Journal WriteDown(InvalidSegmentLimit limit, Container container)
    {
        var journal = Journal.Begin(ContainerClaim.Checkpoint, container.Name);
        journal.Write(new Step("the limit",
            null)
        { Undo = [new SegmentLimitUndo(container.InitPid, ProcStat.Read(container.InitPid).StartTimeTicks, limit.Value)] });
        return journal;
    }
}
