using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter;

/// <summary>The generation of a namespace's rules: it counts the batches that were committed.</summary>
/// <param name="Id">The number; a batch that carries it is refused with ERESTART when another was committed since.</param>
/// <param name="ProcessId">Who asks, as the kernel sees it.</param>
/// <param name="ProcessName">Its name.</param>
public sealed record Generation(uint Id, uint ProcessId, string ProcessName)
{
    internal static Generation Parse(Message message)
    {
        var generation = new Generation(0, 0, "");
        foreach (var attribute in message.Attributes<BigEndian>(NetfilterSchema.FixedHeaderLength))
        {
            generation = (NFTA_GEN)attribute.Type switch
            {
                NFTA_GEN.NFTA_GEN_ID => generation with { Id = attribute.AsUInt32() },
                NFTA_GEN.NFTA_GEN_PROC_PID => generation with { ProcessId = attribute.AsUInt32() },
                NFTA_GEN.NFTA_GEN_PROC_NAME => generation with { ProcessName = attribute.AsString() },
                _ => generation,
            };
        }

        return generation;
    }
}
