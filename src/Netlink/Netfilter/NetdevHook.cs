namespace LxcNative.Netlink.Netfilter;

/// <summary>The hooks of the family netdev (enum nf_dev_hooks of linux/netfilter.h); a chain there names its devices.</summary>
public enum NetdevHook
{
    /// <summary>Frames that a device received.</summary>
    Ingress = 0,

    /// <summary>Frames that a device is about to send (Linux 5.16).</summary>
    Egress = 1,
}
