using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Netfilter.Uapi;

/// <summary>Messages of nfnetlink_queue (linux/netfilter/nfnetlink_queue.h).</summary>
internal enum NFQNL_MSG : byte
{
    NFQNL_MSG_PACKET = 0,
    NFQNL_MSG_VERDICT = 1,
    NFQNL_MSG_CONFIG = 2,
    NFQNL_MSG_VERDICT_BATCH = 3,
}

/// <summary>Attributes of packets and verdicts.</summary>
internal enum NFQA : ushort
{
    NFQA_UNSPEC = 0,
    NFQA_PACKET_HDR = 1,
    NFQA_VERDICT_HDR = 2,
}

/// <summary>Attributes of NFQNL_MSG_CONFIG.</summary>
internal enum NFQA_CFG : ushort
{
    NFQA_CFG_UNSPEC = 0,
    NFQA_CFG_CMD = 1,
    NFQA_CFG_PARAMS = 2,
    NFQA_CFG_QUEUE_MAXLEN = 3,
    NFQA_CFG_MASK = 4,
    NFQA_CFG_FLAGS = 5,
}

/// <summary>Commands of NFQA_CFG_CMD.</summary>
internal enum NFQNL_CFG_CMD : byte
{
    NFQNL_CFG_CMD_NONE = 0,
    NFQNL_CFG_CMD_BIND = 1,
    NFQNL_CFG_CMD_UNBIND = 2,
}

/// <summary>How much of a packet is copied to its queue's socket.</summary>
internal enum NFQNL_COPY : byte
{
    NFQNL_COPY_NONE = 0,
    NFQNL_COPY_META = 1,
    NFQNL_COPY_PACKET = 2,
}

/// <summary>Flags of NFQA_CFG_FLAGS.</summary>
[Flags]
internal enum NFQA_CFG_F : uint
{
    NFQA_CFG_F_FAIL_OPEN = 0x1,
    NFQA_CFG_F_CONNTRACK = 0x2,
    NFQA_CFG_F_GSO = 0x4,
}

#pragma warning disable CS8981 // The kernel's names.
/// <summary>The value of NFQA_CFG_CMD.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct nfqnl_msg_config_cmd
{
    public NFQNL_CFG_CMD command;
    public byte _pad;

    /// <summary>Big-endian; nothing that today's kernels look at.</summary>
    public ushort pf;
}

/// <summary>The value of NFQA_CFG_PARAMS.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct nfqnl_msg_config_params
{
    /// <summary>Big-endian; only NFQNL_COPY_PACKET has one.</summary>
    public uint copy_range;
    public NFQNL_COPY copy_mode;
}

/// <summary>The value of NFQA_VERDICT_HDR.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct nfqnl_msg_verdict_hdr
{
    /// <summary>Big-endian.</summary>
    public uint verdict;

    /// <summary>Big-endian.</summary>
    public uint id;

    public nfqnl_msg_verdict_hdr(Verdict given, uint packet)
    {
        verdict = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((uint)given.Code) : (uint)given.Code;
        id = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(packet) : packet;
    }
}
#pragma warning restore CS8981
