using LxcNative.Native.Handles;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.NamespaceIds;

/// <summary>Ids by which this network namespace knows others, as in <see cref="Links.Link.LinkNamespaceId"/>. Each request throws
/// <see cref="NetlinkException"/> when the kernel refuses.</summary>
public sealed class NamespaceIdRequests
{
    // struct rtgenmsg has one byte; the attributes begin at the next multiple of four.
    private const int FixedHeaderLength = 1;

    private readonly NetlinkSocket _socket;

    internal NamespaceIdRequests(NetlinkSocket socket) => _socket = socket;

    /// <summary>The id of another namespace; null when it has none here.</summary>
    public int? Get(FileDescriptor netns) => Get(NetworkNamespace.Of(netns));

    /// <summary>The id of the namespace of a process; null when it has none here.</summary>
    public int? Get(int processId) => Get(NetworkNamespace.OfProcess(processId));

    /// <inheritdoc cref="Get(FileDescriptor)"/>
    public int? Get(NetworkNamespace netns)
    {
        var request = RequestBuilder.Build(RTM.RTM_GETNSID, MessageFlags.None, default(rtgenmsg), netns.WriteAsSubject);
        var id = _socket.Get(request, Parse, netns.ToString()).Value;
        return id < 0 ? null : id;
    }

    /// <summary>All ids this namespace has given.</summary>
    public List<int> List() =>
        [.. _socket.Dump(RequestBuilder.Build(RTM.RTM_GETNSID, MessageFlags.None, default(rtgenmsg)), Parse).Select(id => id.Value).Where(id => id >= 0)];

    /// <summary>Gives another namespace an id, which stays; EEXIST when it has one or the id is taken.</summary>
    /// <param name="netns">The other namespace.</param>
    /// <param name="id">The id, or null to let the kernel choose.</param>
    public void Set(NetworkNamespace netns, int? id = null) => _socket.Execute(
        RequestBuilder.Build(RTM.RTM_NEWNSID, MessageFlags.None, default(rtgenmsg), attributes =>
        {
            attributes.Write(NETNSA.NETNSA_NSID, id ?? -1);
            netns.WriteAsSubject(attributes);
        }),
        netns.ToString());

    private static NamespaceId Parse(Message message) => message.Attributes(FixedHeaderLength).TryFind((ushort)NETNSA.NETNSA_NSID, out var id)
        ? new NamespaceId(id.AsInt32())
        : throw new NetlinkProtocolException("NEWNSID: no NSID in it");

    private sealed record NamespaceId(int Value);
}
