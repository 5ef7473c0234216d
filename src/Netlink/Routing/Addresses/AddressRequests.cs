using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Addresses;

/// <summary>Requests about addresses. Each throws <see cref="NetlinkException"/> when the kernel refuses.</summary>
public sealed class AddressRequests
{
    private readonly NetlinkSocket _socket;

    internal AddressRequests(NetlinkSocket socket) => _socket = socket;

    /// <summary>All addresses, or those of one link or family.</summary>
    public List<Address> List(int linkIndex = 0, AddressFamily family = AddressFamily.Unspecified)
    {
        ifaddrmsg header = new() { ifa_family = (byte)family, ifa_index = (uint)linkIndex };
        return _socket.Dump(RequestBuilder.Build(RTM.RTM_GETADDR, MessageFlags.None, header), Address.Parse);
    }

    /// <summary>Adds an address; EEXIST when the link has it.</summary>
    public void Add(Address address) => Send(address, RTM.RTM_NEWADDR, MessageFlags.Create | MessageFlags.Exclusive);

    /// <summary>Adds an address, or changes the lifetimes and flags of the one that is there.</summary>
    public void Replace(Address address) => Send(address, RTM.RTM_NEWADDR, MessageFlags.Create | MessageFlags.Replace);

    /// <summary>Removes an address; EADDRNOTAVAIL when it is not there.</summary>
    public void Delete(Address address) => Send(address, RTM.RTM_DELADDR, MessageFlags.None);

    private void Send(Address address, RTM type, MessageFlags flags) =>
        _socket.Execute(address.ToRequest(type, flags), $"{address.Value}/{address.PrefixLength} on link {address.LinkIndex}");
}
