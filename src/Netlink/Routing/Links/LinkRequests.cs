using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing.Bridges;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Links;

/// <summary>Requests about links. Each throws <see cref="NetlinkException"/> when the kernel refuses; ENODEV when there is no such link.</summary>
public sealed class LinkRequests
{
    // if.h: with the terminating NUL.
    private const int NameSize = 16;

    private readonly NetlinkSocket _socket;

    internal LinkRequests(NetlinkSocket socket) => _socket = socket;

    /// <summary>All links.</summary>
    public List<Link> List() => _socket.Dump(RequestBuilder.Build(RTM.RTM_GETLINK, MessageFlags.None, default(ifinfomsg), WriteFilter), Link.Parse);

    /// <summary>The links that belong to a master.</summary>
    public List<Link> ListPorts(int masterIndex) => _socket.Dump(
        RequestBuilder.Build(RTM.RTM_GETLINK, MessageFlags.None, default(ifinfomsg), attributes =>
        {
            attributes.Write(IFLA.IFLA_MASTER, masterIndex);
            WriteFilter(attributes);
        }),
        link => Link.Parse(link) is { } port && port.MasterIndex == masterIndex ? port : null);

    /// <summary>The link of an index.</summary>
    public Link Get(int index) => _socket.Get(
        RequestBuilder.Build(RTM.RTM_GETLINK, MessageFlags.None, new ifinfomsg { ifi_index = index }, WriteFilter),
        Link.Parse,
        $"link {index}");

    /// <summary>The link of a name, which may be an alternative name.</summary>
    public Link Get(string name) => _socket.Get(
        RequestBuilder.Build(RTM.RTM_GETLINK, MessageFlags.None, default(ifinfomsg), attributes =>
        {
            attributes.Write(System.Text.Encoding.UTF8.GetByteCount(name) < NameSize ? IFLA.IFLA_IFNAME : IFLA.IFLA_ALT_IFNAME, name);
            WriteFilter(attributes);
        }),
        Link.Parse,
        $"link \"{name}\"");

    /// <summary>The link of a name, or false when there is none.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Link? link) => TryGet(() => Get(name), out link);

    /// <summary>The link of an index, or false when there is none.</summary>
    public bool TryGet(int index, [NotNullWhen(true)] out Link? link) => TryGet(() => Get(index), out link);

    /// <summary>Makes a link of any kind; EEXIST when the name or the index is taken.</summary>
    /// <param name="kind">The kind, as in <c>ip link add type KIND</c>.</param>
    /// <param name="spec">What every link has.</param>
    /// <param name="data">Writes the attributes of the kind.</param>
    /// <exception cref="ArgumentException">There is a description, which the kernel ignores while a link is made: <see cref="Change"/> it
    /// afterwards.</exception>
    public void Add(string kind, LinkSpec spec, AttributeComposer? data = null)
    {
        RefuseAlias(spec);
        _socket.Execute(
            RequestBuilder.Build(RTM.RTM_NEWLINK, MessageFlags.Create | MessageFlags.Exclusive, spec.Header(), attributes =>
            {
                spec.WriteAttributes(attributes);
                using (attributes.Nest(IFLA.IFLA_LINKINFO))
                {
                    attributes.Write(IFLA_INFO.IFLA_INFO_KIND, kind);
                    if (data is null)
                        return;
                    using (attributes.Nest(IFLA_INFO.IFLA_INFO_DATA))
                        data(attributes);
                }
            }),
            $"link \"{spec.Name}\" of kind {kind}");
    }

    /// <summary>Makes a veth pair.</summary>
    /// <exception cref="ArgumentException">There is a description, as in <see cref="Add"/>.</exception>
    public void AddVeth(VethPair pair)
    {
        RefuseAlias(pair.Peer);

        // The kernel honours the peer's index only when the link has one too, so an index alone goes to the link.
        (var link, var peer) = pair is { Link.Index: null, Peer.Index: not null } ? (pair.Peer, pair.Link) : (pair.Link, pair.Peer);
        Add("veth", link, attributes =>
        {
            MessageBuffer nested = new();
            nested.WriteFixedHeader(peer.Header());
            peer.WriteAttributes(nested.Attributes);
            attributes.Write((ushort)((ushort)VETH_INFO.VETH_INFO_PEER | AttributeHeader.NestedFlag), nested.Written);
        });
    }

    /// <summary>Makes a bridge.</summary>
    public void AddBridge(LinkSpec spec, BridgeOptions? options = null)
    {
        // A kernel without VLANs in bridges refuses even to leave them off, which is what a new bridge does anyway.
        if (options is { VlanFiltering: false })
            options = options with { VlanFiltering = null };
        Add("bridge", spec, options is null ? null : options.WriteAttributes);
    }

    /// <summary>Makes a macvlan above <see cref="LinkSpec.LowerIndex"/>.</summary>
    public void AddMacvlan(LinkSpec spec, MacvlanMode mode = MacvlanMode.Vepa) =>
        Add("macvlan", spec, attributes => attributes.Write(IFLA_MACVLAN.IFLA_MACVLAN_MODE, (uint)mode));

    /// <summary>Makes a VLAN above <see cref="LinkSpec.LowerIndex"/>.</summary>
    /// <param name="spec">What every link has.</param>
    /// <param name="id">1 to 4094.</param>
    public void AddVlan(LinkSpec spec, ushort id) =>
        Add("vlan", spec, attributes => attributes.Write(IFLA_VLAN.IFLA_VLAN_ID, id));

    /// <summary>Changes what <paramref name="changes"/> names.</summary>
    public void Change(int index, LinkSpec changes) => _socket.Execute(
        RequestBuilder.Build(RTM.RTM_NEWLINK, MessageFlags.None, changes.Header(index), changes.WriteAttributes), $"link {index}");

    /// <summary>Changes attributes of the link's kind, as in <c>ip link set type KIND</c>.</summary>
    public void ChangeData(int index, string kind, AttributeComposer data) => _socket.Execute(
        RequestBuilder.Build(RTM.RTM_NEWLINK, MessageFlags.None, new ifinfomsg { ifi_index = index }, attributes =>
        {
            using (attributes.Nest(IFLA.IFLA_LINKINFO))
            {
                attributes.Write(IFLA_INFO.IFLA_INFO_KIND, kind);
                using (attributes.Nest(IFLA_INFO.IFLA_INFO_DATA))
                    data(attributes);
            }
        }),
        $"link {index} of kind {kind}");

    /// <summary>Changes the settings of a bridge.</summary>
    public void ChangeBridge(int index, BridgeOptions options) => ChangeData(index, "bridge", options.WriteAttributes);

    /// <summary>Removes a link; the other end of a veth pair goes too.</summary>
    public void Delete(int index) =>
        _socket.Execute(RequestBuilder.Build(RTM.RTM_DELLINK, MessageFlags.None, new ifinfomsg { ifi_index = index }), $"link {index}");

    /// <inheritdoc cref="Delete(int)"/>
    public void Delete(string name) => _socket.Execute(
        RequestBuilder.Build(RTM.RTM_DELLINK, MessageFlags.None, default(ifinfomsg), attributes => attributes.Write(IFLA.IFLA_IFNAME, name)),
        $"link \"{name}\"");

    /// <summary>Removes a link, unless it is gone by now: links go with their network namespaces, which the kernel takes down when it gets to it.</summary>
    /// <exception cref="NetlinkException">The kernel refused it.</exception>
    internal void DeleteIfThere(int index)
    {
        try
        {
            Delete(index);
        }
        catch (NetlinkException e) when (e.Errno == Errno.ENODEV)
        {
            // The kernel was faster.
        }
    }

    /// <summary>Sets a link up.</summary>
    public void SetUp(int index) => Change(index, new LinkSpec { Flags = LinkFlags.Up });

    /// <summary>Sets a link down.</summary>
    public void SetDown(int index) => Change(index, new LinkSpec { ClearedFlags = LinkFlags.Up });

    /// <summary>Puts a link into a bridge, bond or VRF.</summary>
    public void SetMaster(int index, int masterIndex) => Change(index, new LinkSpec { MasterIndex = masterIndex });

    /// <summary>Takes a link out of its bridge, bond or VRF.</summary>
    public void ClearMaster(int index) => Change(index, new LinkSpec { MasterIndex = 0 });

    /// <summary>Renames a link; EBUSY on kernels before 6.2 when it is up.</summary>
    public void Rename(int index, string name) => Change(index, new LinkSpec { Name = name });

    /// <summary>Sets the hardware address.</summary>
    public void SetAddress(int index, HardwareAddress address) => Change(index, new LinkSpec { Address = address });

    /// <summary>Sets the MTU, in bytes.</summary>
    public void SetMtu(int index, uint mtu) => Change(index, new LinkSpec { Mtu = mtu });

    /// <summary>Moves a link into another network namespace. It loses its addresses, routes and master and is down afterwards.</summary>
    /// <param name="index">The link here.</param>
    /// <param name="netns">Where to.</param>
    /// <param name="newName">The name there; EEXIST when the present one is taken there.</param>
    /// <param name="newIndex">The index there (Linux 5.12); the kernel keeps the present one where it can.</param>
    public void MoveTo(int index, NetworkNamespace netns, string? newName = null, int? newIndex = null)
    {
        ValueList<OwnedAttribute> other = [];
        if (newIndex is { } number)
        {
            var bytes = new byte[sizeof(int)];
            MemoryMarshal.Write(bytes, in number);
            other = [new OwnedAttribute((ushort)IFLA.IFLA_NEW_IFINDEX, bytes)];
        }

        Change(index, new LinkSpec { Namespace = netns, Name = newName, Other = other });
    }

    /// <summary>Gives a link another name, at most 127 bytes.</summary>
    public void AddAlternativeName(int index, string name) =>
        ChangeNames(RTM.RTM_NEWLINKPROP, MessageFlags.Create | MessageFlags.Exclusive | MessageFlags.Append, index, name);

    /// <summary>Takes an alternative name from a link.</summary>
    public void DeleteAlternativeName(int index, string name) => ChangeNames(RTM.RTM_DELLINKPROP, MessageFlags.None, index, name);

    /// <summary>Leaves out the counters of address families, which are most of a reply.</summary>
    private static void WriteFilter(AttributeWriter<HostEndian> attributes) =>
        attributes.Write(IFLA.IFLA_EXT_MASK, (uint)RTEXT_FILTER.RTEXT_FILTER_SKIP_STATS);

    private static void RefuseAlias(LinkSpec spec)
    {
        if (spec.Alias is not null)
            throw new ArgumentException("the kernel ignores a description while a link is made; change it afterwards", nameof(spec));
    }

    private static bool TryGet(Func<Link> get, [NotNullWhen(true)] out Link? link)
    {
        try
        {
            link = get();
            return true;
        }
        catch (NetlinkException exception) when (exception.Errno == Errno.ENODEV)
        {
            link = null;
            return false;
        }
    }

    private void ChangeNames(RTM type, MessageFlags flags, int index, string name) => _socket.Execute(
        RequestBuilder.Build(type, flags, new ifinfomsg { ifi_index = index }, attributes =>
        {
            using (attributes.Nest(IFLA.IFLA_PROP_LIST))
                attributes.Write(IFLA.IFLA_ALT_IFNAME, name);
        }),
        $"link {index}, alternative name \"{name}\"");
}
