using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Neighbours;

/// <summary>Requests about neighbours. Each throws <see cref="NetlinkException"/> when the kernel refuses.</summary>
public sealed class NeighbourRequests
{
    private readonly NetlinkSocket _socket;

    internal NeighbourRequests(NetlinkSocket socket) => _socket = socket;

    /// <summary>All neighbours of a family; <see cref="AddressFamily.Bridge"/> lists forwarding databases.</summary>
    public List<Neighbour> List(AddressFamily family = AddressFamily.Unspecified) =>
        _socket.Dump(RequestBuilder.Build(RTM.RTM_GETNEIGH, MessageFlags.None, new ndmsg { ndm_family = (byte)family }), Neighbour.Parse);

    /// <summary>The neighbours that were set by hand: those a restored namespace must have again.</summary>
    public List<Neighbour> ListPermanent(AddressFamily family = AddressFamily.Unspecified) =>
        List(family).FindAll(neighbour => neighbour.States.HasFlag(NeighbourStates.Permanent));

    /// <summary>Adds a neighbour; EEXIST when it is there.</summary>
    public void Add(Neighbour neighbour) => Send(neighbour, RTM.RTM_NEWNEIGH, MessageFlags.Create | MessageFlags.Exclusive);

    /// <summary>Adds a neighbour or changes it.</summary>
    public void Replace(Neighbour neighbour) => Send(neighbour, RTM.RTM_NEWNEIGH, MessageFlags.Create | MessageFlags.Replace);

    /// <summary>Removes a neighbour; ENOENT when it is not there.</summary>
    public void Delete(Neighbour neighbour) => Send(neighbour, RTM.RTM_DELNEIGH, MessageFlags.None);

    private void Send(Neighbour neighbour, RTM type, MessageFlags flags) => _socket.Execute(
        neighbour.ToRequest(type, flags),
        $"neighbour {neighbour.Destination?.ToString() ?? neighbour.HardwareAddress?.ToString()} on link {neighbour.LinkIndex}");
}
