using System.Buffers.Binary;
using System.Text;

namespace LxcNative.Native.Criu.Images;

/// <summary>Walks the fields of one protobuf message. Every length is checked against what is left; nothing is allocated before.</summary>
/// <remarks><code>
///   message:  tag value  tag value  ...
///   tag:      varint of (field number &lt;&lt; 3 | wire type)
/// </code>
/// A field that nobody asks for is stepped over. After an exception the reader is not to be used any more.</remarks>
internal ref struct ProtobufReader
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly string _file;
    private readonly long _start;
    private int _position;
    private ulong _number;
    private ReadOnlySpan<byte> _payload;
    private ulong _seen;

    /// <summary>Starts before the first field.</summary>
    /// <param name="message">The message.</param>
    /// <param name="file">The file it is from, for errors.</param>
    /// <param name="start">Where in the file it starts, for errors and <see cref="ValueOffset"/>.</param>
    public ProtobufReader(ReadOnlySpan<byte> message, string file, long start = 0)
    {
        _message = message;
        _file = file;
        _start = start;
    }

    /// <summary>The number of the field that was read.</summary>
    public int Field { get; private set; }

    /// <summary>How its value is laid out.</summary>
    public ProtobufWireType WireType { get; private set; }

    /// <summary>Where the value starts in the file; for a length-delimited one, after the length.</summary>
    public long ValueOffset { get; private set; }

    /// <summary>Where the field ends in the file: the next one starts there.</summary>
    public readonly long EndOffset => _start + _position;

    /// <summary>Reads the next field.</summary>
    /// <returns>False at the end of the message.</returns>
    /// <exception cref="MalformedImageException">The message ends inside of a field, or has a tag that protobuf has not.</exception>
    public bool Next()
    {
        if (_position == _message.Length)
            return false;
        var tagOffset = _start + _position;
        var tag = ReadVarint();
        if (tag >> 3 is 0 or > 0x1FFF_FFFF)
            throw Malformed(tagOffset, $"field number {tag >> 3} is not one of protobuf");
        Field = (int)(tag >> 3);
        WireType = (ProtobufWireType)(tag & 7);
        if (Field < 64)
            _seen |= 1UL << Field;
        _payload = default;
        _number = 0;
        ValueOffset = _start + _position;
        switch (WireType)
        {
            case ProtobufWireType.Varint:
                _number = ReadVarint();
                break;
            case ProtobufWireType.Fixed64:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case ProtobufWireType.Fixed32:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            case ProtobufWireType.LengthDelimited:
                var length = ReadVarint();
                ValueOffset = _start + _position;
                _payload = Take(length);
                break;
            default:
                throw Malformed(tagOffset, $"wire type {(int)WireType} of field {Field} is not one of protobuf");
        }
        return true;
    }

    /// <summary>The value as uint64.</summary>
    public readonly ulong AsUInt64()
    {
        if (WireType == ProtobufWireType.LengthDelimited)
            throw Malformed(ValueOffset, $"field {Field} is not a number");
        return _number;
    }

    /// <summary>The value as uint32.</summary>
    public readonly uint AsUInt32() =>
        AsUInt64() is var value && value <= uint.MaxValue ? (uint)value : throw Malformed(ValueOffset, $"field {Field} is more than 32 bits: {value}");

    /// <summary>The value as int32, which protobuf writes sign-extended to 64 bits.</summary>
    public readonly int AsInt32() =>
        (long)AsUInt64() is var value && value is >= int.MinValue and <= uint.MaxValue
            ? unchecked((int)value)
            : throw Malformed(ValueOffset, $"field {Field} is more than 32 bits: {value}");

    /// <summary>The value as sint32, which protobuf writes in zigzag.</summary>
    public readonly int AsSInt32()
    {
        var value = AsUInt32();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    /// <summary>The value as bool.</summary>
    public readonly bool AsBoolean() => AsUInt64() != 0;

    /// <summary>The value's bytes.</summary>
    public readonly ReadOnlySpan<byte> AsBytes() =>
        WireType == ProtobufWireType.LengthDelimited ? _payload : throw Malformed(ValueOffset, $"field {Field} is a number where bytes belong");

    /// <summary>The value as text. Paths of Linux need not be UTF-8: bytes that are not become the replacement character.</summary>
    public readonly string AsText() => Encoding.UTF8.GetString(AsBytes());


    /// <summary>The value as a message.</summary>
    public readonly ProtobufReader AsMessage() => new(AsBytes(), _file, ValueOffset);

    /// <summary>Adds the numbers of a repeated field, packed or not.</summary>
    public readonly void AddUInt32s(ICollection<uint> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (WireType != ProtobufWireType.LengthDelimited)
        {
            numbers.Add(AsUInt32());
            return;
        }
        var packed = new ProtobufReader(_payload, _file, ValueOffset);
        while (packed._position < packed._message.Length)
        {
            var offset = packed._start + packed._position;
            var number = packed.ReadVarint();
            numbers.Add(number <= uint.MaxValue ? (uint)number : throw Malformed(offset, $"a number of field {Field} is more than 32 bits: {number}"));
        }
    }

    /// <summary>Says that the whole message has these fields (numbers below 64); call it after the last one.</summary>
    /// <exception cref="MalformedImageException">One is missing.</exception>
    public readonly void Require(string message, params ReadOnlySpan<int> fields)
    {
        foreach (var field in fields)
        {
            if ((_seen & (1UL << field)) == 0)
                throw Malformed(_start, $"{message} has no field {field}");
        }
    }

    private ulong ReadVarint()
    {
        var offset = _start + _position;
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_position == _message.Length)
                throw Malformed(offset, "the message ends inside of a number");
            var next = _message[_position++];
            if (shift == 63 && next > 1)
                break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw Malformed(offset, "a number is longer than 64 bits");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(_message.Length - _position))
            throw Malformed(_start + _position, $"field {Field} wants {length} bytes of {_message.Length - _position} left");
        var taken = _message.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    private readonly MalformedImageException Malformed(long offset, string reason) => new(_file, offset, reason);
}
