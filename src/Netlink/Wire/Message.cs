using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LxcNative.Netlink.Errors;

namespace LxcNative.Netlink.Wire;

/// <summary>One message, as a view into the received bytes: valid only inside the callback or loop that got it. <see cref="ToArray"/> copies.</summary>
public readonly ref struct Message
{
    private readonly ReadOnlySpan<byte> _bytes;

    internal Message(MessageHeader header, ReadOnlySpan<byte> bytes)
    {
        Header = header;
        _bytes = bytes;
    }

    /// <summary>The header.</summary>
    public MessageHeader Header { get; }

    /// <summary>What follows the header: the family's fixed header, then attributes.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[MessageHeader.Size..];

    /// <summary>The family's fixed header at the beginning of the payload.</summary>
    /// <exception cref="NetlinkProtocolException">The payload is shorter.</exception>
    public T FixedHeader<T>()
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        if (Payload.Length < size)
            throw new NetlinkProtocolException($"message {Header.Type}: payload of {Payload.Length} bytes where {typeof(T).Name} needs {size}");
        return MemoryMarshal.Read<T>(Payload);
    }

    /// <summary>The attributes after a fixed header of <paramref name="fixedHeaderLength"/> bytes, numbers in host order.</summary>
    public AttributeReader<HostEndian> Attributes(int fixedHeaderLength) => Attributes<HostEndian>(fixedHeaderLength);

    /// <summary>The attributes after a fixed header of <paramref name="fixedHeaderLength"/> bytes.</summary>
    public AttributeReader<TOrder> Attributes<TOrder>(int fixedHeaderLength)
        where TOrder : struct, IByteOrder
    {
        var payload = Payload;
        if (payload.Length < fixedHeaderLength)
            throw new NetlinkProtocolException($"message {Header.Type}: payload of {payload.Length} bytes, fixed header of {fixedHeaderLength}");
        return new AttributeReader<TOrder>(payload[Alignment.AlignWithin(fixedHeaderLength, payload.Length)..]);
    }

    /// <summary>A copy of the message with its header, without padding.</summary>
    public byte[] ToArray() => _bytes.ToArray();
}
