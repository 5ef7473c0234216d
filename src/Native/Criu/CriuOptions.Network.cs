namespace LxcNative.Native.Criu;

public sealed partial class CriuOptions
{
    /// <summary>Established TCP connections are dumped or restored; without it or <see cref="TcpClose"/> they are an error.</summary>
    public bool TcpEstablished
    {
        get;
        set
        {
            SetFlag("criu_local_set_tcp_established", value);
            field = value;
        }
    }

    /// <summary>Established TCP connections become closed sockets.</summary>
    public bool TcpClose
    {
        get;
        set
        {
            SetFlag("criu_local_set_tcp_close", value);
            field = value;
        }
    }

    /// <summary>Connections that a listening socket has not accepted yet are dropped; without it they are an error.</summary>
    public bool TcpSkipInFlight
    {
        get;
        set
        {
            SetFlag("criu_local_set_tcp_skip_in_flight", value);
            field = value;
        }
    }

    /// <summary>Named datagram unix sockets may have their peer outside of the tree.</summary>
    public bool ExternalUnixSockets
    {
        get;
        set
        {
            SetFlag("criu_local_set_ext_unix_sk", value);
            field = value;
        }
    }

    /// <summary>Namespaces whose content is neither dumped nor restored, as CLONE_NEW* flags; only CLONE_NEWNET (0x40000000) is accepted by criu. criu
    /// 3.19.</summary>
    public int EmptyNamespaces
    {
        get;
        set
        {
            SetNumber("criu_local_set_empty_ns", value);
            field = value;
        }
    }

    /// <summary>How criu locks the network. criu 3.16; <see cref="CriuNetworkLock.Skip"/> 3.19. A restore uses what its dump used.</summary>
    public CriuNetworkLock NetworkLock
    {
        get;
        set
        {
            if (value == CriuNetworkLock.Skip && !Library.Supports(CriuFeature.EmptyNamespaces))
                throw new CriuFeatureMissingException("CRIU_NETWORK_LOCK_SKIP", new Version(3, 19), Library.Path);
            SetChecked("criu_local_set_network_lock", (int)value);
            field = value;
        }
    } = CriuNetworkLock.Iptables;
}
