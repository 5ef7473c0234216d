namespace LxcNative.Native.Criu.Images;

/// <summary>How a field's value is laid out; the low three bits of its tag (protobuf.dev, "Encoding").</summary>
internal enum ProtobufWireType
{
    /// <summary>Seven bits a byte, least significant first.</summary>
    Varint = 0,

    /// <summary>Eight bytes, little-endian.</summary>
    Fixed64 = 1,

    /// <summary>A varint of the length, then that many bytes: text, bytes, a message, packed numbers.</summary>
    LengthDelimited = 2,

    /// <summary>Four bytes, little-endian.</summary>
    Fixed32 = 5,
}
