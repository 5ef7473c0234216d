namespace LxcNative.Netlink.Uapi;

/// <summary>Attributes of a veth (linux/veth.h).</summary>
internal enum VETH_INFO : ushort
{
    VETH_INFO_UNSPEC = 0,
    VETH_INFO_PEER = 1,
}
