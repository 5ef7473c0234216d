using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter;

/// <summary>What happens to a packet.</summary>
/// <param name="Code">NF_DROP (0), NF_ACCEPT (1), a queue, or NFT_CONTINUE and the other negative numbers of nf_tables.</param>
/// <param name="Chain">The chain that is jumped to, for <see cref="Jump"/> and <see cref="Goto"/>.</param>
public readonly record struct Verdict(int Code, string? Chain = null)
{
    /// <summary>The packet is gone.</summary>
    public static Verdict Drop => new(0);

    /// <summary>The packet goes on to the next base chain.</summary>
    public static Verdict Accept => new(1);

    /// <summary>The next rule decides.</summary>
    public static Verdict Continue => new((int)NFT_VERDICT.NFT_CONTINUE);

    /// <summary>Back to the chain that jumped here, or the policy.</summary>
    public static Verdict Return => new((int)NFT_VERDICT.NFT_RETURN);

    /// <summary>On with <paramref name="chain"/>, and back afterwards.</summary>
    public static Verdict Jump(string chain) => new((int)NFT_VERDICT.NFT_JUMP, chain);

    /// <summary>On with <paramref name="chain"/>, not back.</summary>
    public static Verdict Goto(string chain) => new((int)NFT_VERDICT.NFT_GOTO, chain);

    internal static Verdict Parse(Attribute<BigEndian> nest)
    {
        int? code = null;
        string? chain = null;
        foreach (var attribute in nest.AsNest())
        {
            if ((NFTA_VERDICT)attribute.Type == NFTA_VERDICT.NFTA_VERDICT_CODE)
                code = attribute.AsInt32();
            else if ((NFTA_VERDICT)attribute.Type == NFTA_VERDICT.NFTA_VERDICT_CHAIN)
                chain = attribute.AsString();
        }

        return new Verdict(code ?? throw new NetlinkProtocolException("a verdict without code"), chain);
    }

    internal void Write(AttributeWriter<BigEndian> writer)
    {
        using (writer.Nest(NFTA_DATA.NFTA_DATA_VERDICT))
        {
            writer.Write(NFTA_VERDICT.NFTA_VERDICT_CODE, Code);
            if (Chain is not null)
                writer.Write(NFTA_VERDICT.NFTA_VERDICT_CHAIN, Chain);
        }
    }
}
