using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace LxcNative.Netlink.Wire;

/// <summary>Writes attributes at the end of a <see cref="MessageBuffer"/>. Types may be numbers or enums of 16 bits.</summary>
/// <remarks>Every write throws <see cref="OverflowException"/> when the value does not fit an attribute (65,531 bytes).</remarks>
/// <typeparam name="TOrder">The byte order of the family.</typeparam>
public readonly ref struct AttributeWriter<TOrder>
    where TOrder : struct, IByteOrder
{
    private readonly MessageBuffer _buffer;

    internal AttributeWriter(MessageBuffer buffer) => _buffer = buffer;

    /// <summary>Begins a nest with NLA_F_NESTED; disposing what is returned ends it.</summary>
    public Nest Nest<TType>(TType type)
        where TType : unmanaged => Open((ushort)(Raw(type) | AttributeHeader.NestedFlag));

    /// <summary>Begins a nest without NLA_F_NESTED, as old families write theirs.</summary>
    public Nest NestUnflagged<TType>(TType type)
        where TType : unmanaged => Open(Raw(type));

    /// <summary>Writes an attribute without value: it is there or not.</summary>
    public void WriteFlag<TType>(TType type)
        where TType : unmanaged => Reserve(Raw(type), 0);

    /// <summary>Writes one byte.</summary>
    public void Write<TType>(TType type, byte value)
        where TType : unmanaged => Reserve(Raw(type), 1)[0] = value;

    /// <summary>Writes a 16-bit number.</summary>
    public void Write<TType>(TType type, ushort value)
        where TType : unmanaged => MemoryMarshal.Write(Reserve(Raw(type), 2), TOrder.Convert(value));

    /// <summary>Writes a 32-bit number.</summary>
    public void Write<TType>(TType type, uint value)
        where TType : unmanaged => MemoryMarshal.Write(Reserve(Raw(type), 4), TOrder.Convert(value));

    /// <summary>Writes a signed 32-bit number.</summary>
    public void Write<TType>(TType type, int value)
        where TType : unmanaged => Write(type, (uint)value);

    /// <summary>Writes a 64-bit number.</summary>
    public void Write<TType>(TType type, ulong value)
        where TType : unmanaged => MemoryMarshal.Write(Reserve(Raw(type), 8), TOrder.Convert(value));

    /// <summary>Writes bytes as they are.</summary>
    public void Write<TType>(TType type, ReadOnlySpan<byte> value)
        where TType : unmanaged => value.CopyTo(Reserve(Raw(type), value.Length));

    /// <summary>Writes text as UTF-8 with a terminating NUL.</summary>
    /// <exception cref="ArgumentException">There is a NUL in the text: the kernel would see less of it than the caller wrote.</exception>
    public void Write<TType>(TType type, string value)
        where TType : unmanaged
    {
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("text with a NUL inside", nameof(value));
        var length = Encoding.UTF8.GetByteCount(value);
        var reserved = Reserve(Raw(type), length + 1);
        Encoding.UTF8.GetBytes(value, reserved);
        reserved[length] = 0;
    }

    /// <summary>Writes a structure in the kernel's layout and host byte order.</summary>
    public void WriteStruct<TType, T>(TType type, in T value)
        where TType : unmanaged
        where T : unmanaged => MemoryMarshal.Write(Reserve(Raw(type), Unsafe.SizeOf<T>()), in value);

    /// <summary>Writes an attribute that was received, with its flag bits.</summary>
    public void Write(OwnedAttribute attribute) => attribute.Value.CopyTo(Reserve(attribute.RawType, attribute.Value.Length));

    private static ushort Raw<TType>(TType type)
        where TType : unmanaged => Unsafe.BitCast<TType, ushort>(type);

    private Nest Open(ushort rawType)
    {
        var start = _buffer.Length;
        Reserve(rawType, 0);
        return new Nest(_buffer, start);
    }

    private Span<byte> Reserve(ushort rawType, int length)
    {
        AttributeHeader header = new(checked((ushort)(AttributeHeader.Size + length)), rawType);
        var bytes = _buffer.Append(AttributeHeader.Size + length);
        MemoryMarshal.Write(bytes, in header);
        return bytes[AttributeHeader.Size..];
    }
}
