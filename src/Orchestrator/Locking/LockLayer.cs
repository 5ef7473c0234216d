namespace LxcNative.Orchestrator.Locking;

/// <summary>What a part of the lock blocks; a kernel may lack some.</summary>
internal enum LockLayer
{
    /// <summary>IPv4 and IPv6, in and out and over loopback. Without it there is no lock.</summary>
    Ip,

    /// <summary>ARP.</summary>
    Arp,

    /// <summary>Everything that a device receives.</summary>
    DeviceIngress,

    /// <summary>Everything that a device is about to send.</summary>
    DeviceEgress,

    /// <summary>Everything that a bridge forwards.</summary>
    Bridge,
}
