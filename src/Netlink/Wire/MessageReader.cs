using LxcNative.Netlink.Errors;

namespace LxcNative.Netlink.Wire;

/// <summary>Walks the messages of a datagram. Every length is checked; after an error the walk is over.</summary>
public ref struct MessageReader
{
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _bytes;
    private MessageHeader _header;

    /// <summary>Makes a reader of the messages in <paramref name="datagram"/>.</summary>
    public MessageReader(ReadOnlySpan<byte> datagram) => _rest = datagram;

    /// <summary>The message that <see cref="MoveNext"/> found.</summary>
    public readonly Message Current => new(_header, _bytes);

    /// <summary>Lets <c>foreach</c> walk.</summary>
    public readonly MessageReader GetEnumerator() => this;

    /// <summary>Goes to the next message; false at the end. A last message without its padding is complete.</summary>
    /// <exception cref="NetlinkProtocolException">The length of a message is shorter than its header or beyond the datagram.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        var rest = _rest;
        _rest = default;
        var header = MessageHeader.Read(rest);
        if (header.Length < MessageHeader.Size || header.Length > rest.Length)
            throw new NetlinkProtocolException($"message {header.Type}: length {header.Length}, with {rest.Length} bytes left");
        _header = header;
        _bytes = rest[..(int)header.Length];
        _rest = rest[Alignment.AlignWithin((int)header.Length, rest.Length)..];
        return true;
    }
}
