using System.Runtime.InteropServices;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Hands the packet to a target of xtables (<c>target</c>, by nft_compat), as iptables-nft does.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Revision">The revision of what it is told.</param>
/// <param name="Info">What it is told, in the kernel's layout and host byte order, padded to 8 bytes (XT_ALIGN).</param>
internal sealed record TargetExpression(string Target, uint Revision, ReadOnlyMemory<byte> Info) : Expression
{
    internal const string Kind = "target";

    private const int InfoAlignment = 8;

    /// <inheritdoc />
    public override string Name => Kind;

    /// <summary>The target NFQUEUE: what <see cref="QueueExpression"/> is, on a kernel without that.</summary>
    /// <param name="number">The queue.</param>
    public static TargetExpression Queue(ushort number)
    {
        var info = new byte[InfoAlignment];
        MemoryMarshal.Write(info, new xt_NFQ_info { queuenum = number });
        return new TargetExpression("NFQUEUE", 0, info);
    }

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_TARGET.NFTA_TARGET_NAME, Target);
        writer.Write(NFTA_TARGET.NFTA_TARGET_REV, Revision);
        writer.Write(NFTA_TARGET.NFTA_TARGET_INFO, Info.Span);
    }
}
