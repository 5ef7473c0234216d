using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rulesets;

/// <summary>A batch of nf_tables made of captured attributes: all of it happens, or nothing.</summary>
internal sealed class RulesetBatch
{
    private const int SpareSendBuffer = 1 << 20;
    private readonly MessageBuffer _messages = new(64 * 1024);
    private readonly List<string> _operations = [];

    /// <summary>Begins the batch.</summary>
    public RulesetBatch() => Frame(NFNL_MSG.NFNL_MSG_BATCH_BEGIN);

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => _operations.Count == 0;

    /// <summary>Adds an operation.</summary>
    /// <param name="operation">NEWTABLE and so on.</param>
    /// <param name="flags">NLM_F_CREATE and so on.</param>
    /// <param name="family">NFPROTO_*.</param>
    /// <param name="attributes">What it carries.</param>
    /// <param name="description">The operation in words.</param>
    public void Add(NFT_MSG operation, MessageFlags flags, byte family, IEnumerable<OwnedAttribute> attributes, string description)
    {
        _operations.Add(description);
        using (_messages.Begin(NfTables.TypeOf(operation), flags | MessageFlags.Request))
        {
            _messages.WriteFixedHeader(new nfgenmsg(family));
            foreach (var attribute in attributes)
                _messages.Attributes.Write(attribute);
        }
    }

    /// <summary>Carries it out.</summary>
    /// <param name="netns">Where; stays the caller's.</param>
    /// <exception cref="RulesetRebuildException">The kernel refused an operation; nothing was changed.</exception>
    public void Execute(FileDescriptor netns)
    {
        // The end of a batch acknowledges it; an operation that is refused is answered by itself.
        Frame(NFNL_MSG.NFNL_MSG_BATCH_END, MessageFlags.Acknowledge);
        using var socket = NetlinkSocket.OpenIn(netns, (int)NETLINK.NETLINK_NETFILTER, new NetlinkSocketOptions
        {
            SendBufferSize = checked(_messages.Length + SpareSendBuffer),
            ReceiveBufferSize = SpareSendBuffer,
        });
        try
        {
            socket.ExecuteBatch(_messages);
        }
        catch (NetlinkException refusal)
        {
            var index = (int)(refusal.Sequence - MessageHeader.Read(_messages.Written).Sequence) - 1;
            throw new RulesetRebuildException(index >= 0 && index < _operations.Count ? _operations[index] : "the whole ruleset", refusal);
        }
    }

    private void Frame(NFNL_MSG type, MessageFlags flags = MessageFlags.None)
    {
        using (_messages.Begin(type, flags | MessageFlags.Request))
            _messages.WriteFixedHeader(new nfgenmsg(0, (ushort)NFNL_SUBSYS.NFNL_SUBSYS_NFTABLES));
    }
}
