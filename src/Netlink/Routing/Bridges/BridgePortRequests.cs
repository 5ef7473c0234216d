using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing.Bridges;

/// <summary>Requests about ports of bridges. Each throws <see cref="NetlinkException"/> when the kernel refuses.</summary>
public sealed class BridgePortRequests
{
    private readonly NetlinkSocket _socket;

    internal BridgePortRequests(NetlinkSocket socket) => _socket = socket;

    /// <summary>All ports and bridges, as bridges describe them; <see cref="Link.BridgePort"/> is set for ports.</summary>
    public List<Link> List() => _socket.Dump(
        RequestBuilder.Build(RTM.RTM_GETLINK, MessageFlags.None, new ifinfomsg { ifi_family = (byte)AddressFamily.Bridge }), Link.Parse);

    /// <summary>Applies the settings that are not null, but never those that are the kernel's to say.</summary>
    /// <param name="linkIndex">The port.</param>
    /// <param name="port">The settings.</param>
    public void Set(int linkIndex, BridgePort port) => _socket.Execute(
        RequestBuilder.Build(RTM.RTM_NEWLINK, MessageFlags.None, new ifinfomsg { ifi_index = linkIndex }, attributes =>
        {
            using (attributes.Nest(IFLA.IFLA_LINKINFO))
            {
                attributes.Write(IFLA_INFO.IFLA_INFO_SLAVE_KIND, "bridge");
                using (attributes.Nest(IFLA_INFO.IFLA_INFO_SLAVE_DATA))
                    port.WriteAttributes(attributes);
            }
        }),
        $"bridge port {linkIndex}");

    /// <summary>The VLANs of all bridges and ports that filter VLANs.</summary>
    public List<PortVlans> ListVlans() => _socket.Dump(
        RequestBuilder.Build(RTM.RTM_GETLINK, MessageFlags.None, new ifinfomsg { ifi_family = (byte)AddressFamily.Bridge }, attributes =>
            attributes.Write(IFLA.IFLA_EXT_MASK, (uint)RTEXT_FILTER.RTEXT_FILTER_BRVLAN)),
        ParseVlans);

    /// <summary>Adds a VLAN to a port, or changes its flags.</summary>
    /// <param name="linkIndex">The port, or the bridge.</param>
    /// <param name="vlan">The VLAN.</param>
    /// <param name="isBridge">Whether the link is the bridge itself.</param>
    public void AddVlan(int linkIndex, BridgeVlan vlan, bool isBridge = false) => ChangeVlan(RTM.RTM_SETLINK, linkIndex, vlan, isBridge);

    /// <summary>Takes a VLAN from a port.</summary>
    /// <inheritdoc cref="AddVlan"/>
    public void DeleteVlan(int linkIndex, BridgeVlan vlan, bool isBridge = false) => ChangeVlan(RTM.RTM_DELLINK, linkIndex, vlan, isBridge);

    private static PortVlans? ParseVlans(Message message)
    {
        var index = message.FixedHeader<ifinfomsg>().ifi_index;
        if (!message.Attributes(16).TryFind((ushort)IFLA.IFLA_AF_SPEC, out var settings))
            return null;
        List<BridgeVlan> vlans = [];
        foreach (var attribute in settings.AsNest())
        {
            if ((IFLA_BRIDGE)attribute.Type == IFLA_BRIDGE.IFLA_BRIDGE_VLAN_INFO)
                vlans.Add(BridgeVlan.Of(attribute.As<bridge_vlan_info>()));
        }

        return new PortVlans(index, [.. vlans]);
    }

    private void ChangeVlan(RTM type, int linkIndex, BridgeVlan vlan, bool isBridge) => _socket.Execute(
        RequestBuilder.Build(type, MessageFlags.None, new ifinfomsg { ifi_family = (byte)AddressFamily.Bridge, ifi_index = linkIndex }, attributes =>
        {
            using (attributes.Nest(IFLA.IFLA_AF_SPEC))
            {
                if (isBridge)
                    attributes.Write(IFLA_BRIDGE.IFLA_BRIDGE_FLAGS, (ushort)BRIDGE_FLAGS.BRIDGE_FLAGS_SELF);
                attributes.WriteStruct(IFLA_BRIDGE.IFLA_BRIDGE_VLAN_INFO, vlan.ToWire());
            }
        }),
        $"VLAN {vlan.Id} of bridge port {linkIndex}");
}
