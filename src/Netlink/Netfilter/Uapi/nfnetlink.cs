using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Netfilter.Uapi;

/// <summary>Subsystems of nfnetlink (linux/netfilter/nfnetlink.h): the upper byte of a message type.</summary>
internal enum NFNL_SUBSYS : byte
{
    NFNL_SUBSYS_NONE = 0,
    NFNL_SUBSYS_CTNETLINK = 1,
    NFNL_SUBSYS_QUEUE = 3,
    NFNL_SUBSYS_NFTABLES = 10,
}

/// <summary>Control messages of nfnetlink.</summary>
internal enum NFNL_MSG : ushort
{
    NFNL_MSG_BATCH_BEGIN = 16,
    NFNL_MSG_BATCH_END = 17,
}

/// <summary>Attributes of NFNL_MSG_BATCH_BEGIN.</summary>
internal enum NFNL_BATCH : ushort
{
    NFNL_BATCH_UNSPEC = 0,
    NFNL_BATCH_GENID = 1,
}

#pragma warning disable CS8981 // The kernel's name.
/// <summary>The fixed header of every nfnetlink message.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct nfgenmsg
{
    public byte nfgen_family;
    public byte version;

    /// <summary>Big-endian.</summary>
    public ushort res_id;

    public nfgenmsg(byte family, ushort resourceId = 0)
    {
        nfgen_family = family;
        res_id = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(resourceId) : resourceId;
    }
}
#pragma warning restore CS8981
