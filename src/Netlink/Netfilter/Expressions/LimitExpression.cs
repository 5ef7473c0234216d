using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter.Expressions;

/// <summary>Ends the rule when more comes than a rate allows.</summary>
/// <param name="Rate">Packets or bytes in one unit of time.</param>
/// <param name="UnitSeconds">The unit of time, in seconds.</param>
/// <param name="Burst">How many more at once.</param>
/// <param name="Type">What is counted.</param>
/// <param name="Flags">NFT_LIMIT_F_INV (1): goes on when there is more.</param>
public sealed record LimitExpression(ulong Rate, ulong UnitSeconds, uint Burst, NFT_LIMIT_TYPE Type = 0, uint Flags = 0) : Expression
{
    internal const string Kind = "limit";

    /// <inheritdoc />
    public override string Name => Kind;

    internal static LimitExpression Parse(AttributeReader<BigEndian> data)
    {
        var limit = new LimitExpression(0, 0, 0);
        foreach (var attribute in data)
        {
            limit = (NFTA_LIMIT)attribute.Type switch
            {
                NFTA_LIMIT.NFTA_LIMIT_RATE => limit with { Rate = attribute.AsUInt64() },
                NFTA_LIMIT.NFTA_LIMIT_UNIT => limit with { UnitSeconds = attribute.AsUInt64() },
                NFTA_LIMIT.NFTA_LIMIT_BURST => limit with { Burst = attribute.AsUInt32() },
                NFTA_LIMIT.NFTA_LIMIT_TYPE => limit with { Type = (NFT_LIMIT_TYPE)attribute.AsUInt32() },
                NFTA_LIMIT.NFTA_LIMIT_FLAGS => limit with { Flags = attribute.AsUInt32() },
                _ => limit,
            };
        }

        return limit;
    }

    internal override void WriteData(AttributeWriter<BigEndian> writer)
    {
        writer.Write(NFTA_LIMIT.NFTA_LIMIT_RATE, Rate);
        writer.Write(NFTA_LIMIT.NFTA_LIMIT_UNIT, UnitSeconds);
        writer.Write(NFTA_LIMIT.NFTA_LIMIT_BURST, Burst);
        writer.Write(NFTA_LIMIT.NFTA_LIMIT_TYPE, (uint)Type);
        writer.Write(NFTA_LIMIT.NFTA_LIMIT_FLAGS, Flags);
    }
}
