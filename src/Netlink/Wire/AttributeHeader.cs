using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Wire;

/// <summary>The header of an attribute (struct nlattr of linux/netlink.h), always in the byte order of the host.</summary>
/// <param name="Length">Bytes of the attribute with this header, without the padding after it.</param>
/// <param name="RawType">The type with its two flag bits.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct AttributeHeader(ushort Length, ushort RawType)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 4;

    /// <summary>NLA_F_NESTED: the value is a list of attributes. Not every family sets it.</summary>
    public const ushort NestedFlag = 0x8000;

    /// <summary>NLA_F_NET_BYTEORDER: the value is in network byte order. Hardly any family sets it.</summary>
    public const ushort NetByteOrderFlag = 0x4000;

    /// <summary>NLA_TYPE_MASK.</summary>
    public const ushort TypeMask = 0x3fff;

    /// <summary>The type without flag bits.</summary>
    public ushort Type => (ushort)(RawType & TypeMask);
}
