using LxcNative.Native.Criu.Interop;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.InPlace;

/// <summary>A kept network in the hands of the monitor, which inherited its descriptors.</summary>
internal sealed class TakenNetwork : IDisposable
{
    private const int NamespaceNumber = 5, RulesNumber = 6, QueueNumber = 7, CountsNumber = 8;
    private bool _isOver;

    private TakenNetwork(FileDescriptor network, NetworkLock held, IReadOnlyList<KeptLink> links) => (Namespace, Lock, Links) = (network, held, links);

    /// <summary>The namespace; owned by this object.</summary>
    public FileDescriptor Namespace { get; }

    /// <summary>Its lock; owned by this object.</summary>
    public NetworkLock Lock { get; }

    /// <summary>The host's ends of its links.</summary>
    public IReadOnlyList<KeptLink> Links { get; }

    /// <summary>What a monitor is started with to take a network over, by the numbers that it finds it under; all of it stays the caller's.</summary>
    /// <param name="network">The namespace.</param>
    /// <param name="held">Its lock.</param>
    public static IReadOnlyDictionary<int, FileDescriptor> Inherited(FileDescriptor network, SharedLock held)
    {
        var inherited = new Dictionary<int, FileDescriptor> { [NamespaceNumber] = network, [RulesNumber] = held.Rules, [QueueNumber] = held.Queue };
        if (held.Counts is { } counts)
            inherited.Add(CountsNumber, counts);
        return inherited;
    }

    /// <summary>Takes it over, in the process that inherited it.</summary>
    /// <exception cref="SyscallException">It was not inherited.</exception>
    public static TakenNetwork Take(KeptNetwork kept)
    {
        var network = Own(NamespaceNumber);
        var held = new SharedLock(kept.LockTable, Own(RulesNumber), Own(QueueNumber), kept.HasCounts ? Own(CountsNumber) : null, kept.Queue, kept.HasBridge);
        return new TakenNetwork(network, NetworkLock.Adopt(held, network), kept.Links);
    }

    /// <summary>Nothing comes back in it: it is cut off while it is still locked, for it would answer with resets.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    public void CutOff() => KeptLink.CutOff(Links);

    /// <summary>Closes everything; the lock is left to whoever else has it.</summary>
    public void Dispose()
    {
        if (_isOver)
            return;
        _isOver = true;
        Lock.Leave();
        Namespace.Dispose();
    }

    private static FileDescriptor Own(int number)
    {
        var descriptor = new FileDescriptor(number);
        DescriptorCalls.SetCloseOnExec(descriptor, true);
        return descriptor;
    }
}
