namespace LxcNative.Native.Bpf;

/// <summary>Where in the kernel a program of a cgroup is asked: <c>enum bpf_attach_type</c> of linux/bpf.h, as far as it is about cgroups.</summary>
internal enum CgroupHook
{
    /// <summary>A packet arrives.</summary>
    InetIngress = 0,

    /// <summary>A packet leaves.</summary>
    InetEgress = 1,

    /// <summary>A socket is made.</summary>
    InetSockCreate = 2,

    /// <summary>A TCP connection changes.</summary>
    SockOps = 3,

    /// <summary>A device node is made or opened.</summary>
    Device = 6,

    /// <summary>bind(2).</summary>
    Inet4Bind = 8,

    /// <summary>bind(2).</summary>
    Inet6Bind = 9,

    /// <summary>connect(2).</summary>
    Inet4Connect = 10,

    /// <summary>connect(2).</summary>
    Inet6Connect = 11,

    /// <summary>bind(2), when the port is known.</summary>
    Inet4PostBind = 12,

    /// <summary>bind(2), when the port is known.</summary>
    Inet6PostBind = 13,

    /// <summary>A datagram is sent.</summary>
    Udp4Sendmsg = 14,

    /// <summary>A datagram is sent.</summary>
    Udp6Sendmsg = 15,

    /// <summary>A setting below /proc/sys is read or written.</summary>
    Sysctl = 18,

    /// <summary>A datagram is received.</summary>
    Udp4Recvmsg = 19,

    /// <summary>A datagram is received.</summary>
    Udp6Recvmsg = 20,

    /// <summary>getsockopt(2).</summary>
    Getsockopt = 21,

    /// <summary>setsockopt(2).</summary>
    Setsockopt = 22,

    /// <summary>getpeername(2).</summary>
    Inet4Getpeername = 29,

    /// <summary>getpeername(2).</summary>
    Inet6Getpeername = 30,

    /// <summary>getsockname(2).</summary>
    Inet4Getsockname = 31,

    /// <summary>getsockname(2).</summary>
    Inet6Getsockname = 32,

    /// <summary>A socket is closed.</summary>
    InetSockRelease = 34,
}
