namespace LxcNative.Orchestrator.Locking;

/// <summary>What becomes of packets while a network is locked.</summary>
public enum NetworkLockMode
{
    /// <summary>They are gone; whoever sent them has to send again.</summary>
    Drop,

    /// <summary>They wait in the kernel until the lock is released, in the order of their coming; at most <see cref="NetworkLock.HeldPackets"/>. IPv4 and IPv6
    /// wait, in and out and over loopback; ARP passes, and frames over a bridge inside are dropped. Needs nf_tables, and its queue expression or
    /// NFQUEUE.</summary>
    Hold,
}
