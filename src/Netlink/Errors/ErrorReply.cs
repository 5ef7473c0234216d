using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Errors;

/// <summary>What NLMSG_ERROR or NLMSG_DONE says: an errno and, with NETLINK_EXT_ACK, why.</summary>
/// <param name="Errno">The errno; <see cref="Errno.None"/> for an acknowledgement.</param>
/// <param name="Text">The kernel's words (NLMSGERR_ATTR_MSG).</param>
/// <param name="Offset">Where in the request the offending attribute is, from the message header on (NLMSGERR_ATTR_OFFS).</param>
/// <param name="MissingType">The type of an attribute that should have been there (NLMSGERR_ATTR_MISS_TYPE, Linux 6.1).</param>
/// <param name="MissingNest">The offset of the nest it is missing in; none at the top.</param>
internal readonly record struct ErrorReply(Errno Errno, string? Text = null, uint? Offset = null, uint? MissingType = null, uint? MissingNest = null)
{
    /// <summary>Reads an NLMSG_ERROR (struct nlmsgerr, then attributes).</summary>
    public static ErrorReply FromError(Message message)
    {
        var payload = message.Payload;
        if (payload.Length < sizeof(int) + MessageHeader.Size)
            throw new NetlinkProtocolException($"NLMSG_ERROR: payload of {payload.Length} bytes where 20 are needed");
        var errno = ReadErrno(payload);
        var request = MessageHeader.Read(payload[sizeof(int)..]);

        // The request is repeated in full unless it was capped or the reply is a plain acknowledgement.
        var isRepeated = errno != Errno.None && !message.Header.Flags.HasFlag(MessageFlags.Capped);
        var skip = sizeof(int) + (isRepeated ? ((long)Math.Max(request.Length, MessageHeader.Size) + 3) & ~3L : MessageHeader.Size);
        return message.Header.Flags.HasFlag(MessageFlags.ExtendedAcknowledgement) && skip <= payload.Length
            ? WithAttributes(errno, payload[(int)skip..])
            : new ErrorReply(errno);
    }

    /// <summary>Reads an NLMSG_DONE: an errno where the dump ended in one, then attributes.</summary>
    public static ErrorReply FromDone(Message message)
    {
        var payload = message.Payload;
        if (payload.Length < sizeof(int))
            return new ErrorReply(Errno.None);
        var errno = ReadErrno(payload);
        return message.Header.Flags.HasFlag(MessageFlags.ExtendedAcknowledgement) ? WithAttributes(errno, payload[sizeof(int)..]) : new ErrorReply(errno);
    }

    private static Errno ReadErrno(ReadOnlySpan<byte> payload)
    {
        var error = MemoryMarshal.Read<int>(payload);

        // Some dumps end with the last callback's positive count instead of 0.
        return error < 0 && error != int.MinValue ? (Errno)(-error) : Errno.None;
    }

    private static ErrorReply WithAttributes(Errno errno, ReadOnlySpan<byte> attributes)
    {
        ErrorReply reply = new(errno);
        try
        {
            foreach (var attribute in new AttributeReader<HostEndian>(attributes))
            {
                reply = (NLMSGERR_ATTR)attribute.Type switch
                {
                    NLMSGERR_ATTR.NLMSGERR_ATTR_MSG => reply with { Text = attribute.AsString() },
                    NLMSGERR_ATTR.NLMSGERR_ATTR_OFFS => reply with { Offset = attribute.AsUInt32() },
                    NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_TYPE => reply with { MissingType = attribute.AsUInt32() },
                    NLMSGERR_ATTR.NLMSGERR_ATTR_MISS_NEST => reply with { MissingNest = attribute.AsUInt32() },
                    _ => reply,
                };
            }
        }
        catch (NetlinkProtocolException) when (errno != Errno.None)
        {
            // Malformed explanations never mask the errno: what was understood so far is kept.
        }

        return reply;
    }
}
