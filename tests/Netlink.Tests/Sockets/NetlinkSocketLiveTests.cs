using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Tests.Sockets;

public class NetlinkSocketLiveTests
{
    private const ushort NewLink = 16, DelLink = 17, GetLink = 18, InterfaceName = 3;

    [Fact]
    public void DumpOfLinksHoldsLoopback()
    {
        using NetlinkSocket socket = new(protocol: 0);
        var names = socket.Dump(LinkRequest(GetLink), message =>
            message.Attributes(16).TryFind(InterfaceName, out var name) ? name.AsString() : null);
        Assert.Contains("lo", names);
    }

    [Fact]
    public void RefusalCarriesErrno()
    {
        using NetlinkSocket socket = new(protocol: 0);
        var refusal = Assert.Throws<NetlinkException>(() => socket.Execute(LinkRequest(DelLink, "nosuchlink"), "link \"nosuchlink\""));
        Assert.Equal(Errno.ENODEV, refusal.Errno);
        Assert.Equal("netlink 0 message 17 link \"nosuchlink\": ENODEV No such device", refusal.Message);
    }

    [Fact]
    public void RequestAfterRefusalStillWorks()
    {
        using NetlinkSocket socket = new(protocol: 0);
        for (var i = 0; i < 3; i++)
            Assert.Throws<NetlinkException>(() => socket.Execute(LinkRequest(DelLink, "nosuchlink")));
        Assert.Equal(NewLink, (ushort)socket.Get(LinkRequest(GetLink, "lo"), message => (object)message.Header.Type));
    }

    private static MessageBuffer LinkRequest(ushort type, string? name = null)
    {
        MessageBuffer request = new();
        using (request.Begin(type, MessageFlags.None))
        {
            request.WriteFixedHeader(new InterfaceHeader());
            if (name is not null)
                request.Attributes.Write(InterfaceName, name);
        }

        return request;
    }

    private readonly record struct InterfaceHeader(ulong First, ulong Second);
}
