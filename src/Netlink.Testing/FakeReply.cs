using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Testing;

/// <summary>Makes the datagrams a kernel answers with.</summary>
public static class FakeReply
{
    /// <summary>A message that answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="type">The message type.</param>
    /// <param name="payload">Fixed header and attributes.</param>
    /// <param name="flags">NLM_F_*; a dump's are <see cref="MessageFlags.Multipart"/>.</param>
    public static byte[] Of(FakeRequest request, ushort type, ReadOnlySpan<byte> payload, MessageFlags flags = MessageFlags.None)
    {
        var message = new byte[Alignment.Align(MessageHeader.Size + payload.Length)];
        new MessageHeader((uint)(MessageHeader.Size + payload.Length), type, flags, request.Header.Sequence, request.Header.PortId).Write(message);
        payload.CopyTo(message.AsSpan(MessageHeader.Size));
        return message;
    }

    /// <summary>The end of a dump, which may carry an errno or say that it was interrupted.</summary>
    public static byte[] Done(FakeRequest request, Errno errno = Errno.None, MessageFlags flags = MessageFlags.None)
    {
        var payload = new byte[sizeof(int)];
        MemoryMarshal.Write(payload, -(int)errno);
        return Of(request, (ushort)NLMSG.NLMSG_DONE, payload, MessageFlags.Multipart | flags);
    }

    /// <summary>An acknowledgement.</summary>
    public static byte[] Acknowledgement(FakeRequest request) => Error(request, Errno.None);

    /// <summary>A refusal, with an extended acknowledgement where there is something to say.</summary>
    /// <param name="request">The request.</param>
    /// <param name="errno">The errno.</param>
    /// <param name="text">The kernel's words.</param>
    /// <param name="offset">Where the offending attribute is, from the message header on.</param>
    /// <param name="missingType">The type of a missing attribute.</param>
    /// <param name="missingNest">The offset of the nest it is missing in.</param>
    public static byte[] Error(FakeRequest request, Errno errno, string? text = null, uint? offset = null, uint? missingType = null, uint? missingNest = null)
    {
        MessageBuffer payload = new();
        payload.WriteFixedHeader(-(int)errno);
        payload.WriteFixedHeader(request.Header);
        var flags = MessageFlags.Capped;
        var before = payload.Length;
        if (text is not null)
            payload.Attributes.Write(NLMSGERR_ATTR.NLMSGERR_ATTR_MSG, text);
        if (offset is { } at)
            payload.Attributes.Write(NLMSGERR_ATTR.NLMSGERR_ATTR_OFFS, at);
        if (missingType is { } type)
            payload.Attributes.Write(NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_TYPE, type);
        if (missingNest is { } nest)
            payload.Attributes.Write(NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_NEST, nest);
        if (payload.Length > before)
            flags |= MessageFlags.ExtendedAcknowledgement;
        return Of(request, (ushort)NLMSG.NLMSG_ERROR, payload.Written, flags);
    }

    /// <summary>Several messages in one datagram.</summary>
    public static byte[] Join(params ReadOnlySpan<byte[]> messages)
    {
        List<byte> datagram = [];
        foreach (var message in messages)
            datagram.AddRange(message);
        return [.. datagram];
    }
}
