using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Testing;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Tests.Errors;

/// <summary>The kernel gives an offset into our own request; the user gets names.</summary>
public class AttributePathTests
{
    // NEWLINK: header 16, ifinfomsg 16, IFNAME "x0" 8, LINKINFO 4, KIND "bridge" 12, DATA 4, PRIORITY 8.
    [Theory]
    [InlineData(32u, "IFNAME")]
    [InlineData(40u, "LINKINFO")]
    [InlineData(44u, "LINKINFO > KIND")]
    [InlineData(48u, "LINKINFO > KIND")]
    [InlineData(56u, "LINKINFO > DATA")]
    [InlineData(60u, "LINKINFO > DATA > PRIORITY")]
    [InlineData(16u, "")]
    [InlineData(0u, "")]
    [InlineData(9999u, "")]
    [InlineData(uint.MaxValue, "")]
    public void OffsetBecomesNames(uint offset, string expected) =>
        Assert.Equal(expected, string.Join(" > ", Refused(request => FakeReply.Error(request, Errno.EINVAL, "no", offset)).AttributePath));

    [Fact]
    public void MissingAttributeIsNamedInItsNest()
    {
        var refusal = Refused(request => FakeReply.Error(request, Errno.EINVAL, missingType: (uint)IFLA_BR.IFLA_BR_MAX_AGE, missingNest: 56));
        Assert.Equal("rtnetlink NEWLINK > LINKINFO > DATA > MAX_AGE link \"x0\" of kind bridge: EINVAL Invalid argument (attribute missing)", refusal.Message);
        Assert.True(refusal.IsAttributeMissing);
    }

    [Fact]
    public void MissingAttributeAtTheTopIsNamed() =>
        Assert.Equal(["MTU"], Refused(request => FakeReply.Error(request, Errno.EINVAL, missingType: (uint)IFLA.IFLA_MTU)).AttributePath);

    [Fact]
    public void MessageCarriesEverything()
    {
        var refusal = Refused(request => FakeReply.Error(request, Errno.EBUSY, "Device is busy", 44));
        Assert.Equal("rtnetlink NEWLINK > LINKINFO > KIND link \"x0\" of kind bridge: EBUSY Device or resource busy (Device is busy)", refusal.Message);
        Assert.Equal(("rtnetlink", "NEWLINK", (ushort)16, "Device is busy", (uint?)44),
            (refusal.Family, refusal.MessageName, refusal.MessageType, refusal.Text, refusal.Offset));
        Assert.True(refusal.IsTransient);
    }

    [Fact]
    public void RepeatedAttributeHasAnIndex()
    {
        MessageBuffer request = new();
        using (request.Begin(RTM.RTM_NEWLINK, MessageFlags.None))
        {
            request.WriteFixedHeader(default(ifinfomsg));
            using (request.Attributes.Nest(IFLA.IFLA_PROP_LIST))
            {
                request.Attributes.Write(IFLA.IFLA_ALT_IFNAME, "one");
                request.Attributes.Write(IFLA.IFLA_ALT_IFNAME, "two");
            }
        }

        using NetlinkSocket socket = new(new FakeKernel(sent => [FakeReply.Error(sent, Errno.EEXIST, offset: 44)]), RouteSocket.Options);
        Assert.Equal(["PROP_LIST", "ALT_IFNAME[1]"], Assert.Throws<NetlinkException>(() => socket.Execute(request)).AttributePath);
    }

    private static NetlinkException Refused(Func<FakeRequest, byte[]> answer)
    {
        using RouteSocket socket = new(new NetlinkSocket(new FakeKernel(request => [answer(request)]), RouteSocket.Options));
        return Assert.Throws<NetlinkException>(() => socket.Links.AddBridge(new LinkSpec { Name = "x0" }, new() { Priority = 7 }));
    }
}
