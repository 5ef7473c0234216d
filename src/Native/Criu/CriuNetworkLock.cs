namespace LxcNative.Native.Criu;

/// <summary>How criu keeps packets away from frozen sockets (--network-lock); values are libcriu's.</summary>
public enum CriuNetworkLock
{
    /// <summary>By executing iptables-restore.</summary>
    Iptables = 1,

    /// <summary>By libnftables in criu's own process.</summary>
    Nftables = 2,

    /// <summary>Not at all: the caller locks (criu 3.19).</summary>
    Skip = 3,
}
