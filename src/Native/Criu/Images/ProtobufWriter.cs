using System.Buffers;
using System.Text;

namespace LxcNative.Native.Criu.Images;

/// <summary>Writes the fields of protobuf messages, in the order of the calls.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _message = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Written => _message.WrittenSpan;

    /// <summary>Writes a number (uint32, uint64, enum).</summary>
    public ProtobufWriter Number(int field, ulong value)
    {
        Tag(field, ProtobufWireType.Varint);
        Varint(value);
        return this;
    }

    /// <summary>Writes a bool.</summary>
    public ProtobufWriter Boolean(int field, bool value) => Number(field, value ? 1UL : 0);

    /// <summary>Writes bytes.</summary>
    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, ProtobufWireType.LengthDelimited);
        Varint((ulong)value.Length);
        _message.Write(value);
        return this;
    }

    /// <summary>Writes text as UTF-8.</summary>
    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes fields that are encoded already, tags included.</summary>
    public ProtobufWriter Raw(ReadOnlySpan<byte> fields)
    {
        _message.Write(fields);
        return this;
    }

    /// <summary>Writes a message.</summary>
    public ProtobufWriter Message(int field, ProtobufWriter value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Bytes(field, value.Written);
    }

    private void Tag(int field, ProtobufWireType type)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(field);
        Varint(((ulong)field << 3) | (ulong)type);
    }

    private void Varint(ulong value)
    {
        var bytes = _message.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        _message.Advance(length);
    }
}
