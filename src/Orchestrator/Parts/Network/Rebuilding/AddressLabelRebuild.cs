using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network.Rebuilding;

/// <summary>Makes the table of IPv6 address labels equal to the captured one.</summary>
internal sealed class AddressLabelRebuild(NetlinkSocket socket)
{
    /// <summary>Removes what was not captured, adds what is missing.</summary>
    /// <exception cref="NetlinkException">The kernel refused one.</exception>
    public void Apply(IEnumerable<byte[]> captured)
    {
        var wanted = Captured<ifaddrlblmsg>.Parse(captured);
        var request = RouteMessages.Request(RTM.RTM_GETADDRLABEL, MessageFlags.None, new ifaddrlblmsg { ifal_family = (byte)AddressFamily.IPv6 });
        var present = Captured<ifaddrlblmsg>.Parse(socket.Dump(request, message => message.ToArray()));
        foreach (var label in present.ExceptBy(wanted.Select(Identity), Identity))
            Send(RTM.RTM_DELADDRLABEL, MessageFlags.None, label);
        foreach (var label in wanted.ExceptBy(present.Select(Identity), Identity))
            Send(RTM.RTM_NEWADDRLABEL, MessageFlags.Create | MessageFlags.Exclusive, label);
    }

    private static string Identity(Captured<ifaddrlblmsg> label) =>
        $"{label.Header.ifal_prefixlen} {label.Header.ifal_index} {string.Join('|', label.Attributes)}";

    private void Send(RTM type, MessageFlags flags, Captured<ifaddrlblmsg> label) =>
        socket.Execute(RouteMessages.Request(type, flags, label.Header with { ifal_seq = 0 }, label.Attributes), "address label");
}
