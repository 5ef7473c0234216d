using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;

namespace LxcNative.Orchestrator.Parts.Network.Rulesets;

/// <summary>What tells tables of nf_tables apart.</summary>
/// <param name="Family">NFPROTO_* (linux/netfilter.h).</param>
/// <param name="Name">The name.</param>
internal readonly record struct TableName(byte Family, string Name)
{
    // Chains, rules, sets, elements, objects and flowtables carry their table's name as attribute 1, and a table its own.
    private const ushort TableAttribute = 1;

    /// <summary>The table that a NEW message is about.</summary>
    /// <exception cref="NetlinkProtocolException">It names none.</exception>
    public static TableName Of(byte[] message) => Of(Captured<nfgenmsg>.Parse(message));

    /// <inheritdoc cref="Of(byte[])" />
    public static TableName Of(Captured<nfgenmsg> message) => new(
        message.Header.nfgen_family,
        message.Find(TableAttribute)?.AsText() ?? throw new NetlinkProtocolException($"a message of type {message.Type} without a table"));
}
