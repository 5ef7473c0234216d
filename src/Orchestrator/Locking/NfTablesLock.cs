using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Netfilter;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The lock as tables of nf_tables. Prepared, there is one datagram to send and one answer to read, each way.</summary>
internal sealed class NfTablesLock : ILockMechanism
{
    private readonly NetfilterSocket _socket;
    private readonly HeldQueue? _queue;
    private readonly List<string> _limitations;
    private HookKeys? _keys;
    private LockRuleset _ruleset;
    private Batch _lock;
    private Batch _unlock;
    private bool _hasTables;
    private bool _isOpen;
    private bool _isIncomingOnly;

    private NfTablesLock(NetfilterSocket socket, HeldQueue? queue, HookKeys? keys, LockRuleset ruleset, List<string> limitations)
    {
        _socket = socket;
        _queue = queue;
        _keys = keys;
        _limitations = limitations;
        _ruleset = ruleset;
        (_lock, _unlock) = Seal(ruleset);
    }

    public NetworkLockMethod Method => NetworkLockMethod.NfTables;

    public bool DiesWithOwner => _ruleset.IsOwned;

    public NetworkLockMode Mode => _queue is null ? NetworkLockMode.Drop : NetworkLockMode.Hold;

    public string? WhyDropped { get; private init; }

    public IReadOnlyList<string> Limitations => _limitations;

    public LockedPackets Packets => _queue?.Packets ?? new LockedPackets(NetworkLockMode.Drop, 0, 0, 0);

    // A table that outlives its socket would not end with the two processes.
    public SharedLock? Shared => _queue is { } queue && DiesWithOwner && _socket.Descriptor is { } rules
        ? new SharedLock(_ruleset.TableName, rules, queue.Descriptor, queue.Counts, queue.Number, _ruleset.HasBridge)
        : null;

    /// <summary>Takes over a lock that another process has engaged.</summary>
    /// <param name="shared">Its descriptors, which are owned by what is returned.</param>
    public static NfTablesLock Adopt(SharedLock shared)
    {
        var ruleset = new LockRuleset(shared.TableName, IsOwned: true, HasArp: false, HasEgress: false, [], Comment: "") { HasBridge = shared.HasBridge };
        return new NfTablesLock(NetfilterSocket.Adopt(shared.Rules), HeldQueue.Adopt(shared), keys: null, ruleset, []) { _hasTables = true };
    }

    /// <summary>Opens the sockets, finds the devices, and lets the kernel check the very batch, without effect, until it has nothing to
    /// say against it. What must be fast later has run once by then, here and in the kernel.</summary>
    public static ILockMechanism Prepare(FileDescriptor netns, NetworkLockOptions options)
    {
        NetfilterSocket? socket = null;
        HeldQueue? queue = null;
        HookKeys? keys = null;
        try
        {
            socket = NetfilterSocket.OpenIn(netns);
            string? reason = null;
            if (options.Mode == NetworkLockMode.Hold)
                queue = HeldQueue.TryBind(netns, out reason);
            List<string> limitations = [];
            keys = HookKeys.Hold([.. queue is null ? [] : Holding(netns, options, queue.Number), Dropping(netns, options)], limitations);
            if (queue is not null && keys.Supported.Means == LockMeans.Drop)
            {
                reason = string.Join("; ", keys.Refusals);
                queue.Dispose();
                queue = null;
            }

            if (queue is not null)
                KnownMeans.Keep(keys.Supported.Means);
            return new NfTablesLock(socket, queue, keys, keys.Supported.Fit(socket, limitations), limitations) { WhyDropped = reason };
        }
        catch
        {
            keys?.Dispose();
            queue?.Dispose();
            socket?.Dispose();
            throw;
        }
    }

    /// <summary>Locks at once, without asking what the kernel supports: trying without effect takes it 10 ms each time.</summary>
    /// <returns>Engaged; null where the kernel has to be asked.</returns>
    public static ILockMechanism? TryAcquire(FileDescriptor netns, NetworkLockOptions options)
    {
        NetfilterSocket? socket = null;
        HeldQueue? queue = null;
        NfTablesLock? engaged = null;
        try
        {
            socket = NetfilterSocket.OpenIn(netns);
            if (options.Mode == NetworkLockMode.Hold)
                queue = HeldQueue.TryBind(netns, out _);
            var rulesets = options.Mode == NetworkLockMode.Drop
                ? [Dropping(netns, options)]
                : queue is null ? [] : Holding(netns, options, queue.Number);
            foreach (var ruleset in rulesets)
            {
                var attempt = new NfTablesLock(socket, queue, keys: null, ruleset, []);
                if (!attempt.TryEngage())
                    continue;
                engaged = attempt;
                if (queue is not null)
                    KnownMeans.Keep(ruleset.Means);
                return engaged;
            }

            return null;
        }
        catch (LinuxException)
        {
            return null;
        }
        finally
        {
            if (engaged is null)
            {
                queue?.Dispose();
                socket?.Dispose();
            }
        }
    }

    public void Warm() => _keys ??= HookKeys.Hold([_ruleset], _limitations);

    public bool TryEngageIncoming()
    {
        if (_queue is null)
            return false;
        var (incoming, rest) = (_ruleset.BuildIncoming(), _ruleset.BuildOutgoing());
        incoming.Seal();
        rest.Seal();
        _socket.Execute(incoming);
        (_hasTables, _isIncomingOnly, _lock) = (true, true, rest);
        return true;
    }

    public void Engage()
    {
        try
        {
            _socket.Execute(_lock);
        }
        catch (BatchException refusal) when (refusal.Errno == Errno.ENOENT && _ruleset.Devices.Count > 0)
        {
            // A device went, or was renamed, since the lock was prepared. Without naming any, IP and ARP are blocked all the same.
            _limitations.Add($"devices: {refusal.Message}");
            _ruleset = _ruleset with { Devices = [] };
            (_lock, _unlock) = Seal(_ruleset);
            _socket.Execute(_lock);
        }

        (_hasTables, _isIncomingOnly, _isOpen) = (true, false, false);
    }

    public void Open()
    {
        if (_queue is null)
        {
            Delete();
            return;
        }

        try
        {
            _queue.Open();
            _isOpen = true;
        }
        catch (SyscallException)
        {
            // What waits is lost, which its count tells; the network is open all the same.
            Delete();
        }
    }

    public void Clear()
    {
        if (_hasTables && _isOpen)
            TakeRulesAway();
        _queue?.Dispose();
        if (_hasTables)
            Delete();
    }

    public void Leave()
    {
        _queue?.Leave();
        Dispose();
    }

    public void Dispose()
    {
        _queue?.Dispose();
        _socket.Dispose();
        _keys?.Dispose();
    }

    private static LockRuleset Dropping(FileDescriptor netns, NetworkLockOptions options) =>
        new(options.TableName!, options.DiesWithOwner, HasArp: true, HasEgress: true, options.BlocksDevices ? LockDevices.List(netns) : [],
            LockHolder.Describe())
        {
            BlocksDevices = options.BlocksDevices,
        };

    private static IEnumerable<LockRuleset> Holding(FileDescriptor netns, NetworkLockOptions options, ushort queue)
    {
        var ruleset = new LockRuleset(options.TableName!, options.DiesWithOwner, HasArp: false, HasEgress: false, [], LockHolder.Describe())
        {
            Queue = queue,
            HasBridge = LockDevices.HasBridge(netns),
        };
        return KnownMeans.InOrder.Select(means => ruleset with { Means = means });
    }

    private static (Batch Lock, Batch Unlock) Seal(LockRuleset ruleset)
    {
        (var locking, _) = ruleset.BuildLock();
        var unlocking = ruleset.BuildUnlock();
        locking.Seal();
        unlocking.Seal();
        return (locking, unlocking);
    }

    private bool TryEngage()
    {
        try
        {
            Engage();
            return true;
        }
        catch (BatchException)
        {
            return false;
        }
    }

    private void TakeRulesAway()
    {
        try
        {
            _socket.Execute(_ruleset.BuildRulesAway(_isIncomingOnly));
        }
        catch (BatchException)
        {
            // Somebody was faster. That they go first only matters to a packet on its way.
        }
    }

    private void Delete()
    {
        try
        {
            _socket.Execute(_unlock);
        }
        catch (BatchException refusal) when (refusal.Errno == Errno.ENOENT)
        {
            // Somebody deleted one of the tables: the others still have to go.
            LockFinder.RemoveTables(_socket, _ruleset.TableName);
        }

        _hasTables = false;
    }
}
