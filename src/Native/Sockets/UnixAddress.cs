using System.Buffers.Binary;
using System.Text;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Sockets;

/// <summary>struct sockaddr_un: the family in native order, then the path, which begins with a NUL when the address is abstract.</summary>
internal readonly ref struct UnixAddress
{
    private readonly ReadOnlySpan<byte> _bytes;

    private UnixAddress(ReadOnlySpan<byte> bytes, string text)
    {
        _bytes = bytes;
        Text = text;
    }

    /// <summary>The address as sent to the kernel: its length counts, nothing is padded.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>What messages call it.</summary>
    public string Text { get; }

    /// <summary>An abstract address: any bytes, without the leading NUL.</summary>
    /// <exception cref="ArgumentException">Longer than 107 bytes.</exception>
    public static UnixAddress Abstract(ReadOnlySpan<byte> name)
    {
        if (name.Length + 1 > Socket.SizeOfUnixPath)
            throw new ArgumentException($"An abstract address holds {Socket.SizeOfUnixPath - 1} bytes at most, not {name.Length}.", nameof(name));
        var bytes = new byte[sizeof(ushort) + 1 + name.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, Socket.AF_UNIX);
        name.CopyTo(bytes.AsSpan(sizeof(ushort) + 1));
        return new UnixAddress(bytes, "@" + Encoding.UTF8.GetString(name));
    }
}
