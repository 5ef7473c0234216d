using LxcNative.Native.Handles;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The network devices that a lock blocks.</summary>
internal static class LockDevices
{
    private const int RouteFamily = 0;
    private const ushort GetLink = 18;
    private const ushort InterfaceName = 3;
    private const uint LoopbackFlag = 0x8;

    /// <summary>The names of all devices in a network namespace but loopback.</summary>
    public static List<string> List(FileDescriptor netns)
    {
        using NetlinkSocket socket = NetlinkSocket.OpenIn(netns, RouteFamily);
        MessageBuffer request = new();
        using (request.Begin(GetLink, MessageFlags.None))
            request.WriteFixedHeader(default(InterfaceHeader));
        return socket.Dump(request, message =>
            (message.FixedHeader<InterfaceHeader>().Flags & LoopbackFlag) == 0 && message.Attributes(16).TryFind(InterfaceName, out Attribute<HostEndian> name)
                ? name.AsString()
                : null);
    }

    /// <summary>struct ifinfomsg of linux/rtnetlink.h.</summary>
    private readonly record struct InterfaceHeader(ushort Family, ushort Type, int Index, uint Flags, uint Change);
}
