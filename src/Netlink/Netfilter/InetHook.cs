namespace LxcNative.Netlink.Netfilter;

/// <summary>The hooks of inet, IPv4, IPv6 and bridge (enum nf_inet_hooks of linux/netfilter.h).</summary>
public enum InetHook
{
    /// <summary>Every packet that came in, before routing.</summary>
    Prerouting = 0,

    /// <summary>Packets for this namespace.</summary>
    Input = 1,

    /// <summary>Packets that are routed through.</summary>
    Forward = 2,

    /// <summary>Packets made in this namespace.</summary>
    Output = 3,

    /// <summary>Every packet that goes out.</summary>
    Postrouting = 4,

    /// <summary>Every packet of a device, before all others; needs devices (Linux 5.10).</summary>
    Ingress = 5,
}
