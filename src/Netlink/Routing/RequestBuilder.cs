using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Routing;

/// <summary>Writes a request of one message: fixed header, then attributes.</summary>
internal static class RequestBuilder
{
    public static MessageBuffer Build<THeader>(RTM type, MessageFlags flags, in THeader header, AttributeComposer? compose = null)
        where THeader : unmanaged
    {
        MessageBuffer request = new();
        using (request.Begin(type, flags))
        {
            request.WriteFixedHeader(in header);
            compose?.Invoke(request.Attributes);
        }

        return request;
    }
}
