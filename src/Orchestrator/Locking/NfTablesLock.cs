using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Netfilter;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The lock as tables of nf_tables. Prepared, there is one datagram to send and one answer to read, each way.</summary>
internal sealed class NfTablesLock : ILockMechanism
{
    private readonly NetfilterSocket _socket;
    private readonly List<string> _limitations;
    private HookKeys? _keys;
    private LockRuleset _ruleset;
    private Batch _lock;
    private Batch _unlock;

    private NfTablesLock(NetfilterSocket socket, HookKeys? keys, LockRuleset ruleset, List<string> limitations)
    {
        _socket = socket;
        _keys = keys;
        _limitations = limitations;
        _ruleset = ruleset;
        (_lock, _unlock) = Seal(ruleset);
    }

    public NetworkLockMethod Method => NetworkLockMethod.NfTables;

    public bool DiesWithOwner => _ruleset.IsOwned;

    public IReadOnlyList<string> Limitations => _limitations;

    /// <summary>Opens the socket, finds the devices, and lets the kernel check the very batch, without effect, until it has nothing to
    /// say against it. What must be fast later has run once by then, here and in the kernel.</summary>
    public static ILockMechanism Prepare(FileDescriptor netns, NetworkLockOptions options)
    {
        NetfilterSocket? socket = null;
        HookKeys? keys = null;
        try
        {
            socket = NetfilterSocket.OpenIn(netns);
            if (LockFinder.FindTables(socket) is { } held)
                throw new NetworkLockHeldException(held);
            IReadOnlyList<string> devices = options.BlocksDevices ? LockDevices.List(netns) : [];
            List<string> limitations = [];
            keys = HookKeys.Hold(new LockRuleset(options.DiesWithOwner, HasArp: true, HasEgress: true, devices, LockHolder.Describe()), limitations);
            return new NfTablesLock(socket, keys, keys.Supported.Fit(socket, limitations), limitations);
        }
        catch
        {
            keys?.Dispose();
            socket?.Dispose();
            throw;
        }
    }

    /// <summary>Locks at once, without asking what the kernel supports: trying without effect takes it 10 ms each time.</summary>
    /// <returns>Engaged; null where the kernel has to be asked.</returns>
    /// <exception cref="NetworkLockHeldException">It is locked already.</exception>
    public static ILockMechanism? TryAcquire(FileDescriptor netns, NetworkLockOptions options)
    {
        NfTablesLock? engaged = null;
        NetfilterSocket? socket = null;
        try
        {
            socket = NetfilterSocket.OpenIn(netns);
            if (LockFinder.FindTables(socket) is { } held)
                throw new NetworkLockHeldException(held);
            IReadOnlyList<string> devices = options.BlocksDevices ? LockDevices.List(netns) : [];
            engaged = new NfTablesLock(socket, keys: null, new LockRuleset(options.DiesWithOwner, HasArp: true, HasEgress: true, devices, LockHolder.Describe()), []);
            engaged.Engage();
            return engaged;
        }
        catch (Exception failure)
        {
            engaged?.Dispose();
            socket?.Dispose();
            if (failure is LinuxException)
                return null;
            throw;
        }
    }

    public void Warm() => _keys ??= HookKeys.Hold(_ruleset, _limitations);

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
        catch (BatchException refusal) when (refusal.Errno is Errno.EEXIST or Errno.EPERM && LockFinder.FindTables(_socket) is { } held)
        {
            throw new NetworkLockHeldException(held, refusal);
        }
    }

    public void Release()
    {
        try
        {
            _socket.Execute(_unlock);
        }
        catch (BatchException refusal) when (refusal.Errno == Errno.ENOENT)
        {
            // Somebody deleted one of the tables: the others still have to go.
            LockFinder.RemoveTables(_socket);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _keys?.Dispose();
    }

    private static (Batch Lock, Batch Unlock) Seal(LockRuleset ruleset)
    {
        (Batch locking, _) = ruleset.BuildLock();
        Batch unlocking = ruleset.BuildUnlock();
        locking.Seal();
        unlocking.Seal();
        return (locking, unlocking);
    }
}
