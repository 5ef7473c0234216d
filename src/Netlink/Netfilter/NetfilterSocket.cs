using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Netfilter;

/// <summary>nf_tables of one network namespace, over NETLINK_NETFILTER.</summary>
/// <remarks>Every call may throw <see cref="SyscallException"/> (the socket), <see cref="NetlinkException"/> (the kernel refused; EOPNOTSUPP or
/// EINVAL where it has no nf_tables) and <see cref="NetlinkProtocolException"/> (bytes that make no sense). A table with
/// <see cref="TableFlags.Owner"/> that was added here is gone when the socket is disposed.</remarks>
public sealed class NetfilterSocket : IDisposable
{
    private readonly NetlinkSocket _socket;

    /// <summary>Speaks over a given socket, which it then owns.</summary>
    public NetfilterSocket(NetlinkSocket socket) => _socket = socket;

    /// <summary>The socket's address: what <see cref="Table.OwnerPortId"/> says of tables that belong to it.</summary>
    public uint PortId => _socket.PortId;

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    public static NetfilterSocket Open(NetlinkSocketOptions? options = null) =>
        new(new NetlinkSocket((int)NETLINK.NETLINK_NETFILTER, WithSchema(options)));

    /// <summary>Opens a socket inside a network namespace (/proc/PID/ns/net); the descriptor stays the caller's.</summary>
    public static NetfilterSocket OpenIn(FileDescriptor netns, NetlinkSocketOptions? options = null) =>
        new(NetlinkSocket.OpenIn(netns, (int)NETLINK.NETLINK_NETFILTER, WithSchema(options)));

    /// <summary>The socket's descriptor; stays this object's.</summary>
    internal FileDescriptor? Descriptor => _socket.Descriptor;

    /// <summary>Takes over a socket that another process has opened: tables with <see cref="TableFlags.Owner"/> that were added over it stay as long as one of
    /// the two has it open.</summary>
    /// <param name="socket">The socket, which is owned by what is returned, and closed where this throws.</param>
    /// <exception cref="SyscallException">It is no netlink socket.</exception>
    internal static NetfilterSocket Adopt(FileDescriptor socket) => new(NetlinkSocket.Adopt(socket, WithSchema(null)));

    /// <summary>The generation of the rules now.</summary>
    public Generation GetGeneration() => _socket.Get(Request(NFT_MSG.NFT_MSG_GETGEN, TableFamily.Unspecified), Generation.Parse);

    /// <summary>All tables, or those of a family.</summary>
    public List<Table> ListTables(TableFamily family = TableFamily.Unspecified) => _socket.Dump(Request(NFT_MSG.NFT_MSG_GETTABLE, family), Table.Parse);

    /// <summary>One table, or null.</summary>
    public Table? FindTable(TableFamily family, string name)
    {
        MessageBuffer request = new();
        using (request.Begin(NetfilterSchema.TypeOf(NFT_MSG.NFT_MSG_GETTABLE), MessageFlags.None))
        {
            request.WriteFixedHeader(new nfgenmsg((byte)family));
            request.AttributesIn<BigEndian>().Write(NFTA_TABLE.NFTA_TABLE_NAME, name);
        }

        try
        {
            return _socket.Get(request, Table.Parse, new Table(family, name).ToString());
        }
        catch (NetlinkException refusal) when (refusal.Errno is Errno.ENOENT or Errno.EAFNOSUPPORT)
        {
            return null;
        }
    }

    /// <summary>All chains, or those of a family.</summary>
    public List<Chain> ListChains(TableFamily family = TableFamily.Unspecified) => _socket.Dump(Request(NFT_MSG.NFT_MSG_GETCHAIN, family), Chain.Parse);

    /// <summary>All rules, or those of a family, a table, a chain, in their order.</summary>
    public List<Rule> ListRules(TableFamily family = TableFamily.Unspecified, string? table = null, string? chain = null)
    {
        MessageBuffer request = new();
        using (request.Begin(NetfilterSchema.TypeOf(NFT_MSG.NFT_MSG_GETRULE), MessageFlags.None))
        {
            request.WriteFixedHeader(new nfgenmsg((byte)family));
            if (table is not null)
                request.AttributesIn<BigEndian>().Write(NFTA_RULE.NFTA_RULE_TABLE, table);
            if (chain is not null)
                request.AttributesIn<BigEndian>().Write(NFTA_RULE.NFTA_RULE_CHAIN, chain);
        }

        return _socket.Dump(request, Rule.Parse);
    }

    /// <summary>All sets and maps, or those of a family, without their elements.</summary>
    public List<Set> ListSets(TableFamily family = TableFamily.Unspecified) => _socket.Dump(Request(NFT_MSG.NFT_MSG_GETSET, family), Set.Parse);

    /// <summary>Makes all changes of a batch, or none. Seals it.</summary>
    /// <exception cref="BatchException">A change was refused; nothing was changed.</exception>
    public void Execute(Batch batch)
    {
        batch.Seal();
        Send(batch);
    }

    /// <summary>Lets the kernel check a batch, down to the devices and the modules that it needs, without making the changes.</summary>
    /// <remarks>The kernel registers new base chains for the moment of the check, with their policy but without their rules.</remarks>
    /// <exception cref="BatchException">A change would be refused.</exception>
    /// <exception cref="InvalidOperationException">The batch is sealed already, or empty.</exception>
    public void Validate(Batch batch)
    {
        if (batch.IsSealed || batch.Operations.Count == 0)
            throw new InvalidOperationException("only a batch that has changes and is not sealed can be validated");
        batch.AcknowledgeLast();
        Send(batch);
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    private static NetlinkSocketOptions WithSchema(NetlinkSocketOptions? options) => (options ?? new()) with { Schema = NetfilterSchema.Family };

    private static MessageBuffer Request(NFT_MSG operation, TableFamily family)
    {
        MessageBuffer request = new();
        using (request.Begin(NetfilterSchema.TypeOf(operation), MessageFlags.None))
            request.WriteFixedHeader(new nfgenmsg((byte)family));
        return request;
    }

    private void Send(Batch batch)
    {
        try
        {
            _socket.ExecuteBatch(batch.Messages);
        }
        catch (NetlinkException refusal)
        {
            var begin = MessageHeader.Read(batch.Messages.Written).Sequence;
            var index = (int)(refusal.Sequence - begin) - 1;
            throw new BatchException(batch, index < batch.Operations.Count ? index : -1, refusal);
        }
    }
}
