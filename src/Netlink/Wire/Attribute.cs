using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using LxcNative.Netlink.Errors;

namespace LxcNative.Netlink.Wire;

/// <summary>One attribute of a message, as a view into the received bytes. Typed reads accept the exact length only.</summary>
/// <typeparam name="TOrder">The byte order of the family.</typeparam>
public readonly ref struct Attribute<TOrder>
    where TOrder : struct, IByteOrder
{
    private readonly ushort _rawType;

    internal Attribute(ushort rawType, ReadOnlySpan<byte> value)
    {
        _rawType = rawType;
        Value = value;
    }

    /// <summary>The type without flag bits.</summary>
    public ushort Type => (ushort)(_rawType & AttributeHeader.TypeMask);

    /// <summary>Whether NLA_F_NESTED is set.</summary>
    public bool IsNested => (_rawType & AttributeHeader.NestedFlag) != 0;

    /// <summary>Whether NLA_F_NET_BYTEORDER is set.</summary>
    public bool IsNetByteOrder => (_rawType & AttributeHeader.NetByteOrderFlag) != 0;

    /// <summary>The value without header and padding; valid as long as the message is.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The value as one byte.</summary>
    /// <exception cref="NetlinkProtocolException">The value has another length; so for every typed read.</exception>
    public byte AsByte() => Exactly(1)[0];

    /// <summary>The value as a 16-bit number.</summary>
    public ushort AsUInt16() => TOrder.Convert(MemoryMarshal.Read<ushort>(Exactly(2)));

    /// <summary>The value as a 32-bit number.</summary>
    public uint AsUInt32() => TOrder.Convert(MemoryMarshal.Read<uint>(Exactly(4)));

    /// <summary>The value as a 64-bit number.</summary>
    public ulong AsUInt64() => TOrder.Convert(MemoryMarshal.Read<ulong>(Exactly(8)));

    /// <summary>The value as a signed 32-bit number.</summary>
    public int AsInt32() => (int)AsUInt32();

    /// <summary>The value as a signed 64-bit number.</summary>
    public long AsInt64() => (long)AsUInt64();

    /// <summary>The value as a structure in the kernel's layout, which is in host byte order in every family.</summary>
    public T As<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Exactly(Unsafe.SizeOf<T>()));

    /// <summary>The value as a structure that grows with kernel versions: what an older kernel did not send is zero, what a newer sent
    /// on top is left out.</summary>
    public T AsGrowing<T>()
        where T : unmanaged
    {
        T result = default;
        var bytes = MemoryMarshal.AsBytes(new Span<T>(ref result));
        Value[..Math.Min(Value.Length, bytes.Length)].CopyTo(bytes);
        return result;
    }

    /// <summary>The value as UTF-8 text, with or without the terminating NUL.</summary>
    /// <exception cref="NetlinkProtocolException">Something other than NUL follows a NUL.</exception>
    public string AsString()
    {
        var text = Value.TrimEnd((byte)0);
        if (text.Contains((byte)0))
            throw new NetlinkProtocolException($"attribute {Type}: text with a NUL inside");
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>The value as a list of attributes, whether or not the flag bit says so.</summary>
    public AttributeReader<TOrder> AsNest() => new(Value);

    /// <summary>A copy that outlives the message.</summary>
    public OwnedAttribute ToOwned() => new(_rawType, Value.ToArray());

    private ReadOnlySpan<byte> Exactly(int length) => Value.Length == length
        ? Value
        : throw new NetlinkProtocolException($"attribute {Type}: {Value.Length} bytes where {length} are expected");
}
