using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Xtables;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The lock as rules at the head of the legacy tables. In <c>raw</c>, whose chains come before conntrack and see all that comes in and
/// all that is made here; in <c>filter</c> where the kernel has no <c>raw</c>.</summary>
internal sealed class XtablesLock : ILockMechanism
{
    private readonly List<(XtablesSocket Socket, XtablesMarkGate Gate)> _gates = [];
    private bool _isClosed;
    private readonly List<string> _limitations = ["ARP and everything else that is not IP passes", "a killed holder leaves the lock behind"];

    private XtablesLock()
    {
    }

    /// <summary>The tables that a lock may be in, best first.</summary>
    public static IReadOnlyList<string> Tables { get; } = ["raw", "filter"];

    public NetworkLockMethod Method => NetworkLockMethod.Xtables;

    public bool DiesWithOwner => false;

    public NetworkLockMode Mode => NetworkLockMode.Drop;

    public string? WhyDropped { get; private init; }

    public IReadOnlyList<string> Limitations => _limitations;

    public SharedLock? Shared => null;

    public void Leave() => Dispose();

    public bool TryEngageIncoming() => false;

    public LockedPackets Packets => new(NetworkLockMode.Drop, 0, 0, 0);

    public static ILockMechanism Prepare(FileDescriptor netns, NetworkLockOptions options)
    {
        var prepared = new XtablesLock { WhyDropped = options.Mode == NetworkLockMode.Hold ? "this kernel has no nf_tables" : null };
        try
        {
            NamespaceThread.Run(
                () =>
                {
                    prepared.AddGate(XtablesFamily.IPv4);
                    if (File.Exists("/proc/thread-self/net/if_inet6"))
                        prepared.AddGate(XtablesFamily.IPv6);
                },
                netns);
            return prepared;
        }
        catch
        {
            prepared.Dispose();
            throw;
        }
    }

    public void Warm()
    {
        // Its tables are there, engaged or not.
    }

    public void Engage()
    {
        for (var index = 0; index < _gates.Count; index++)
        {
            try
            {
                _gates[index].Gate.Close();
            }
            catch
            {
                for (var undone = 0; undone < index; undone++)
                    _gates[undone].Gate.Open();
                throw;
            }
        }

        _isClosed = true;
    }

    public void Open()
    {
        foreach ((_, var gate) in _gates)
            gate.Open();
        _isClosed = false;
    }

    public void Clear()
    {
        if (_isClosed)
            Open();
    }

    public void Dispose()
    {
        foreach ((var socket, _) in _gates)
            socket.Dispose();
    }

    private void AddGate(XtablesFamily family)
    {
        var socket = XtablesSocket.Open(family);
        try
        {
            _gates.Add((socket, new XtablesMarkGate(socket, ChooseTable(socket), LockRuleset.PassingMark)));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string ChooseTable(XtablesSocket socket)
    {
        try
        {
            socket.Read(Tables[0]);
            return Tables[0];
        }
        catch (SyscallException failure) when (failure.Errno == Errno.ENOENT)
        {
            socket.Read(Tables[1]);
            return Tables[1];
        }
    }
}
