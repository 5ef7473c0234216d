using System.Runtime.CompilerServices;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>Writes requests from fixed headers and attributes that were captured.</summary>
internal static class RouteMessages
{
    /// <summary>A request of one message.</summary>
    public static MessageBuffer Request<THeader>(RTM type, MessageFlags flags, in THeader header, params IEnumerable<OwnedAttribute> attributes)
        where THeader : unmanaged => Request((ushort)type, flags, in header, attributes);

    /// <inheritdoc cref="Request{THeader}(RTM, MessageFlags, in THeader, IEnumerable{OwnedAttribute})" />
    public static MessageBuffer Request<THeader>(ushort type, MessageFlags flags, in THeader header, params IEnumerable<OwnedAttribute> attributes)
        where THeader : unmanaged
    {
        var request = new MessageBuffer();
        using (request.Begin(type, flags))
        {
            request.WriteFixedHeader(in header);
            foreach (var attribute in attributes)
                request.Attributes.Write(attribute);
        }

        return request;
    }

    /// <summary>An attribute with a 32-bit number in host order.</summary>
    public static OwnedAttribute Number<TType>(TType type, uint value)
        where TType : unmanaged => new(Unsafe.BitCast<TType, ushort>(type), BitConverter.GetBytes(value));
}
