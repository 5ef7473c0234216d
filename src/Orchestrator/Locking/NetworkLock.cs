using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Locking;

/// <summary>A lock on a network namespace: while it is engaged nothing passes in, out, or between the namespace's own sockets, except packets with
/// <see cref="PassingMark"/>, which are criu's. What comes meanwhile is dropped or held (<see cref="NetworkLockOptions.Mode"/>).</summary>
/// <remarks>Preparing is slow and fails early; engaging and releasing are one exchange with the kernel each. Not for several threads at once.
/// <list type="bullet">
/// <item>Lock frozen processes only: a running one gets EPERM from send(2), unless packets are held.</item>
/// <item>A lock that holds can be engaged once.</item>
/// <item>Nested network namespaces are not locked; what they send through this one is.</item>
/// <item>The socket in here keeps the namespace alive: dispose it after use.</item>
/// </list></remarks>
public sealed class NetworkLock : IDisposable
{
    /// <summary>How the names of the tables of all locks begin; the rest is random, so that nobody inside can take it first.</summary>
    public const string TablePrefix = LockRuleset.TablePrefix;

    /// <summary>The family of the lock's main table, as nft writes it; the others are in <see cref="TableFamilies"/>.</summary>
    public const string TableFamily = "inet";

    /// <summary>The mark that passes: criu puts it on sockets under repair (SOCCR_MARK).</summary>
    public const uint PassingMark = LockRuleset.PassingMark;

    /// <summary>How many packets a lock holds at most: what comes in 10 ms at 10 Gbit/s, and 16 MB when all of them are as long as an Ethernet frame may be.
    /// Those beyond are dropped, and counted (<see cref="LockedPackets.Overflowed"/>).</summary>
    public const int HeldPackets = 8192;

    private readonly ILockMechanism _mechanism;
    private readonly bool _endsWithThis;
    private readonly string _recordPath;
    private readonly LockRecord _record;
    private bool _isRecorded, _wasEngaged, _isIncoming, _isLeft, _isTaken;

    private NetworkLock(ILockMechanism mechanism, NetworkLockOptions options, string recordPath, LockRecord record)
    {
        _mechanism = mechanism;
        _endsWithThis = options.DiesWithOwner;
        _recordPath = recordPath;
        _record = record;
    }

    /// <summary>The name of its tables, in every one of <see cref="TableFamilies"/>; only of those that are made of nf_tables.</summary>
    public string TableName => _record.TableName;

    /// <summary>All families, as nft writes them, in which a lock may have a table. A saved rule set must be
    /// rid of all of them.</summary>
    public static IReadOnlyList<string> TableFamilies { get; } = [TableFamily, "arp", "netdev", "bridge"];

    /// <summary>What the lock is made of.</summary>
    public NetworkLockMethod Method => _mechanism.Method;

    /// <summary>What becomes of packets; <see cref="NetworkLockMode.Drop"/> also where the kernel cannot hold them.</summary>
    public NetworkLockMode Mode => _mechanism.Mode;

    /// <summary>Why packets are dropped that were to be held, in words; null where they were not, or are.</summary>
    public string? WhyDropped => _mechanism.WhyDropped;

    /// <summary>What became of the packets; complete after <see cref="Release"/> or <see cref="Dispose"/>.</summary>
    public LockedPackets Packets => _mechanism.Packets;

    /// <summary>Whether the lock is on.</summary>
    public bool IsEngaged { get; private set; }

    /// <summary>Whether the kernel itself removes the lock when this process ends.</summary>
    public bool DiesWithOwner => _mechanism.DiesWithOwner;

    /// <summary>What this kernel cannot block or promise, in words; empty when the lock is complete.</summary>
    public IReadOnlyList<string> Limitations => _mechanism.Limitations;

    /// <summary>How long the last <see cref="Engage"/> took; zero before.</summary>
    public TimeSpan EngageTime { get; private set; }

    /// <summary>How long the last <see cref="Release"/> took; zero before.</summary>
    public TimeSpan ReleaseTime { get; private set; }

    /// <summary>Makes a lock ready without locking: sockets open, batches built, the kernel asked. Nothing passing through is touched.</summary>
    /// <param name="netns">The network namespace (/proc/PID/ns/net); stays the caller's.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="ArgumentException">It should hold, and outlive its process, whose the queue is.</exception>
    /// <exception cref="RefusedException">It is the host's or the caller's own network, or it is locked already
    /// (<see cref="NetworkLockHeldException"/>).</exception>
    /// <exception cref="RefusedException">The kernel has nothing to lock with, or does not let the caller.</exception>
    public static NetworkLock Prepare(FileDescriptor netns, NetworkLockOptions? options = null) => Prepare(netns, options ?? new(), LockCandidate.All);

    /// <summary>Locks at once, which is slower than <see cref="Engage"/> and faster than preparing before it. Releasing takes the kernel some
    /// milliseconds then, unless <see cref="Warm"/> was called.</summary>
    /// <inheritdoc cref="Prepare(FileDescriptor, NetworkLockOptions?)"/>
    public static NetworkLock Acquire(FileDescriptor netns, NetworkLockOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(netns);
        options ??= new();
        RefuseHoldingForever(options);
        RefuseHost(netns);
        RefuseLocked(netns);
        options = Named(options);
        var start = MonotonicClock.Nanoseconds();
        if (TryAcquire(netns, options) is { } acquired)
        {
            acquired.EngageTime = Since(start);
            return acquired;
        }

        var prepared = Prepare(netns, options);
        try
        {
            prepared.Engage();
            return prepared;
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
    }

    /// <summary>What another process needs to take this lock over, which stays this object's; null for a lock that cannot be had by two.</summary>
    internal SharedLock? Shared => _mechanism.Shared;

    /// <summary>Takes over a lock that another process has engaged and opens no more.</summary>
    /// <param name="shared">Its descriptors, which are owned by what is returned.</param>
    /// <param name="netns">Its network namespace; stays the caller's.</param>
    /// <exception cref="SyscallException">They are not those of a lock.</exception>
    internal static NetworkLock Adopt(SharedLock shared, FileDescriptor netns)
    {
        var adopted = Of(NfTablesLock.Adopt(shared), new NetworkLockOptions { TableName = shared.TableName }, netns);
        (adopted.IsEngaged, adopted._wasEngaged, adopted._isRecorded) = (true, true, true);
        return adopted;
    }

    /// <summary>Closes the sockets, and leaves the lock as it is to the process that has taken it over, with which it ends.</summary>
    internal void Leave()
    {
        (IsEngaged, _isLeft) = (false, true);
        _mechanism.Leave();
        if (_isTaken)
            RemoveRecord();
    }

    /// <summary>A lock that was taken over is this process's from here on, and nobody's who finds the record of another that is dead.</summary>
    /// <exception cref="LinuxException">The record cannot be written.</exception>
    /// <exception cref="IOException">It cannot be put in its place.</exception>
    internal void TakeRecord()
    {
        _record.Replace(_recordPath);
        _isTaken = true;
    }

    /// <summary>The lock in a network namespace, also of another process, or null.</summary>
    /// <exception cref="LinuxException">The namespace cannot be entered or read.</exception>
    public static NetworkLockInfo? Find(FileDescriptor netns) => LockFinder.Find(netns);

    /// <summary>Removes a lock that was left in a network namespace; false where there is none.</summary>
    /// <exception cref="NetworkLockHeldException">It dies with its owner, and that is alive.</exception>
    /// <exception cref="LinuxException">The namespace cannot be entered or changed.</exception>
    public static bool Remove(FileDescriptor netns) => LockFinder.Remove(netns);

    /// <summary>Makes <see cref="Release"/> fast for a lock that was acquired at once; a prepared one is. May run beside anything but
    /// <see cref="Dispose"/>.</summary>
    /// <exception cref="LinuxException">The kernel refused something; releasing works all the same.</exception>
    public void Warm() => _mechanism.Warm();

    /// <summary>Holds what comes in, and lets pass what goes out until <see cref="Engage"/>: who runs still reads all that came before. Nothing where it cannot
    /// be had apart.</summary>
    /// <exception cref="LinuxException">The kernel refused; nothing is locked.</exception>
    internal void EngageIncoming() => IsEngaged = _isIncoming = Recorded(_mechanism.TryEngageIncoming);

    /// <summary>Locks. Returns how long it took.</summary>
    /// <exception cref="InvalidOperationException">It is locked already, by this lock; or this lock holds, and was engaged before.</exception>
    /// <exception cref="NetworkLockHeldException">Another lock came in between.</exception>
    /// <exception cref="LinuxException">The kernel refused; nothing is locked.</exception>
    public TimeSpan Engage()
    {
        if (IsEngaged && !_isIncoming)
            throw new InvalidOperationException("the lock is engaged already");
        if (_wasEngaged && Mode == NetworkLockMode.Hold)
            throw new InvalidOperationException("a lock that holds can be engaged once");
        var start = MonotonicClock.Nanoseconds();
        Recorded(() =>
        {
            _mechanism.Engage();
            return true;
        });
        EngageTime = Since(start);
        (IsEngaged, _wasEngaged, _isIncoming) = (true, true, false);
        return EngageTime;
    }

    /// <summary>Unlocks; nothing where it is not locked. What was held goes on, before anything that comes later. Returns how long it took.</summary>
    /// <exception cref="LinuxException">The kernel refused; a lock that dies with its owner ends when this is disposed.</exception>
    public TimeSpan Release()
    {
        if (!IsEngaged)
            return TimeSpan.Zero;
        var start = MonotonicClock.Nanoseconds();
        Open();
        Clear();
        ReleaseTime = Since(start);
        return ReleaseTime;
    }

    /// <summary>Lets everything pass, as <see cref="Release"/>, and leaves the rest of that to <see cref="Dispose"/>: some microseconds that nobody has to wait
    /// for.</summary>
    internal TimeSpan Open()
    {
        if (!IsEngaged)
            return TimeSpan.Zero;
        var start = MonotonicClock.Nanoseconds();
        _mechanism.Open();
        ReleaseTime = Since(start);
        IsEngaged = false;
        return ReleaseTime;
    }

    /// <summary>Takes away what <see cref="Open"/> left; one that was not opened takes what it holds with it.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    internal void Clear()
    {
        _mechanism.Clear();
        IsEngaged = false;
        RemoveRecord();
    }

    /// <summary>Closes the sockets. Unlocks, unless the lock was asked to outlive its owner; what is still held then is dropped: whoever it was for is gone,
    /// and the kernel would answer in its place.</summary>
    public void Dispose()
    {
        try
        {
            if (_endsWithThis && !_isLeft)
                Clear();
        }
        finally
        {
            _mechanism.Dispose();
        }
    }

    internal static NetworkLock Prepare(FileDescriptor netns, NetworkLockOptions options, IReadOnlyList<LockCandidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(netns);
        RefuseHoldingForever(options);
        RefuseHost(netns);
        RefuseLocked(netns);
        options = Named(options);
        List<(NetworkLockMethod Method, Exception Reason)> reasons = [];
        foreach (var candidate in candidates)
        {
            try
            {
                return Of(candidate.Prepare(netns, options), options, netns);
            }
            catch (LinuxException reason)
            {
                reasons.Add((candidate.Method, reason));
            }
        }

        throw new RefusedException(
            $"no network lock: {string.Join("; ", reasons.Select(tried => $"{tried.Method}: {tried.Reason.Message}"))}",
            new AggregateException(reasons.Select(tried => tried.Reason)));
    }

    private static NetworkLock Of(ILockMechanism mechanism, NetworkLockOptions options, FileDescriptor netns) =>
        new(mechanism, options, LockRecord.PathOf(netns), LockRecord.Of(mechanism.Method, options.TableName!, mechanism.DiesWithOwner));

    private static NetworkLock? TryAcquire(FileDescriptor netns, NetworkLockOptions options)
    {
        var path = LockRecord.PathOf(netns);
        var record = LockRecord.Of(NetworkLockMethod.NfTables, options.TableName!, options.DiesWithOwner);
        record.Write(path);
        if (NfTablesLock.TryAcquire(netns, options) is { } engaged)
            return new NetworkLock(engaged, options, path, record) { IsEngaged = true, _wasEngaged = true, _isRecorded = true };
        File.Delete(path);
        return null;
    }

    // Written first: a lock that nobody knows of could not be found and removed.
    private bool Recorded(Func<bool> engage)
    {
        if (!_isRecorded)
            _record.Write(_recordPath);
        _isRecorded = true;
        var isEngaged = false;
        try
        {
            return isEngaged = engage();
        }
        finally
        {
            if (!isEngaged)
                RemoveRecord();
        }
    }

    private void RemoveRecord()
    {
        if (_isRecorded)
            _record.Remove(_recordPath);
        _isRecorded = false;
    }

    private static NetworkLockOptions Named(NetworkLockOptions options) => options with { TableName = options.TableName ?? LockRecord.NewTableName() };

    private static void RefuseLocked(FileDescriptor netns)
    {
        if (LockFinder.Find(netns) is { } held)
            throw new NetworkLockHeldException(held);
    }

    private static void RefuseHoldingForever(NetworkLockOptions options)
    {
        if (options is { Mode: NetworkLockMode.Hold, DiesWithOwner: false })
            throw new ArgumentException("a lock that holds packets ends with its process, whose the queue is", nameof(options));
    }

    private static void RefuseHost(FileDescriptor netns)
    {
        var target = NamespaceId.Read(netns);
        if (target == NamespaceId.ReadSelf(NamespaceKind.Net))
            throw new RefusedException(
                "this process's own network, which the container shares, is not locked: that would cut off the host");
        if (target == TryReadInit())
            throw new RefusedException("the host's own network, which the container shares, is not locked: that would cut off the host");
    }

    private static NamespaceId? TryReadInit()
    {
        // In a pid namespace of its own this process is what would be asked, with whatever its main thread has entered.
        if (Environment.ProcessId == 1)
            return null;
        try
        {
            return NamespaceId.Read(1, NamespaceKind.Net);
        }
        catch (SyscallException failure) when (failure.Errno is Errno.EACCES or Errno.EPERM)
        {
            // Some hosts guard init even from root. The caller's own network is then the only one known to be the host's.
            return null;
        }
    }

    private static TimeSpan Since(long start) => TimeSpan.FromMicroseconds((MonotonicClock.Nanoseconds() - start) / 1000.0);
}
