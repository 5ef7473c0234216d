using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Wire;

/// <summary>Where messages are written: one request, or a batch of them one after the other. May be cleared and used again.</summary>
/// <remarks>All padding is zeroed, whatever the memory held before.</remarks>
public sealed class MessageBuffer
{
    private readonly bool _isGrowable;
    private byte[] _bytes;

    /// <summary>Makes a buffer that grows as needed.</summary>
    /// <param name="capacity">Bytes to begin with.</param>
    public MessageBuffer(int capacity = 512)
    {
        _bytes = new byte[capacity];
        _isGrowable = true;
    }

    /// <summary>Makes a buffer over the caller's memory, which it never leaves.</summary>
    public MessageBuffer(byte[] memory) => _bytes = memory;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The messages written so far.</summary>
    public MessageReader Messages => new(Written);

    /// <summary>A writer of attributes in host byte order.</summary>
    public AttributeWriter<HostEndian> Attributes => new(this);

    /// <summary>A writer of attributes in the byte order of the family.</summary>
    public AttributeWriter<TOrder> AttributesIn<TOrder>()
        where TOrder : struct, IByteOrder => new(this);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => Length = 0;

    /// <summary>Begins a message; disposing what is returned ends it by writing its length. The socket fills in sequence and port id.</summary>
    public MessageScope Begin(ushort type, MessageFlags flags)
    {
        var start = Length;
        new MessageHeader(0, type, flags, 0, 0).Write(Append(MessageHeader.Size));
        return new MessageScope(this, start);
    }

    /// <inheritdoc cref="Begin(ushort, MessageFlags)"/>
    public MessageScope Begin<TType>(TType type, MessageFlags flags)
        where TType : unmanaged, Enum => Begin(Unsafe.BitCast<TType, ushort>(type), flags);

    /// <summary>Writes the family's fixed header, padded.</summary>
    public void WriteFixedHeader<T>(in T header)
        where T : unmanaged => MemoryMarshal.Write(Append(Unsafe.SizeOf<T>()), in header);

    /// <summary>Reserves <paramref name="length"/> bytes and their padding, which is zeroed; the returned bytes are the caller's to fill.</summary>
    internal Span<byte> Append(int length)
    {
        var aligned = Alignment.Align(length);
        var end = checked(Length + aligned);
        if (end > _bytes.Length)
            Grow(end);
        _bytes.AsSpan(Length + length, aligned - length).Clear();
        var reserved = _bytes.AsSpan(Length, length);
        Length = end;
        return reserved;
    }

    /// <summary>Bytes that were written before, to be patched.</summary>
    internal Span<byte> Patch(int start, int length) => _bytes.AsSpan(0, Length).Slice(start, length);

    /// <summary>Gives every message its own sequence number, counting on from <paramref name="sequence"/>, and adds flags.</summary>
    internal void Stamp(ref uint sequence, uint portId, MessageFlags extra)
    {
        for (var at = 0; at < Length;)
        {
            var header = MessageHeader.Read(_bytes.AsSpan(at, Length - at));
            if (header.Length < MessageHeader.Size)
                throw new InvalidOperationException($"message {header.Type} is not ended: dispose its scope before sending");
            (header with { Sequence = ++sequence, PortId = portId, Flags = header.Flags | extra }).Write(_bytes.AsSpan(at));
            at += Alignment.Align((int)header.Length);
        }
    }

    private void Grow(int needed)
    {
        if (!_isGrowable)
            throw new InvalidOperationException($"the buffer holds {_bytes.Length} bytes, the message needs {needed}");
        Array.Resize(ref _bytes, Math.Max(needed, checked(_bytes.Length * 2)));
    }
}
