namespace LxcNative.Netlink.Wire;

/// <summary>A message being written. <see cref="Dispose"/> writes its length.</summary>
public readonly ref struct MessageScope
{
    private readonly MessageBuffer _buffer;
    private readonly int _start;

    internal MessageScope(MessageBuffer buffer, int start)
    {
        _buffer = buffer;
        _start = start;
    }

    /// <summary>Ends the message.</summary>
    public void Dispose()
    {
        var bytes = _buffer.Patch(_start, MessageHeader.Size);
        (MessageHeader.Read(bytes) with { Length = checked((uint)(_buffer.Length - _start)) }).Write(bytes);
    }
}
