using System.Runtime.InteropServices;

namespace LxcNative.Netlink.Wire;

/// <summary>A nest being written. <see cref="Dispose"/> writes its length.</summary>
public readonly ref struct Nest
{
    private readonly MessageBuffer _buffer;
    private readonly int _start;

    internal Nest(MessageBuffer buffer, int start)
    {
        _buffer = buffer;
        _start = start;
    }

    /// <summary>Ends the nest.</summary>
    /// <exception cref="OverflowException">The nest holds more than 65,531 bytes.</exception>
    public void Dispose()
    {
        var bytes = _buffer.Patch(_start, AttributeHeader.Size);
        var header = MemoryMarshal.Read<AttributeHeader>(bytes);
        header = header with { Length = checked((ushort)(_buffer.Length - _start)) };
        MemoryMarshal.Write(bytes, in header);
    }
}
