using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Sockets;

/// <summary>The control part of a message (cmsg(3)).</summary>
/// <remarks>
/// <code>
/// | cmsg_len 8 | cmsg_level 4 | cmsg_type 4 | data ... | padding to 8 |   cmsg_len counts header and data, not the padding
/// </code>
/// Keeps the descriptors open until it is disposed.
/// </remarks>
internal readonly ref struct ControlMessages : IDisposable
{
    private const int CredentialsLength = 12;
    private readonly FileDescriptor[] _held;
    private readonly byte[] _bytes;

    private ControlMessages(byte[] bytes, FileDescriptor[] held)
    {
        _bytes = bytes;
        _held = held;
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    public static UnixCredentials From(in ucred credentials) =>
        new((int)credentials.pid, (uint)credentials.uid, (uint)credentials.gid);

    /// <summary>Room for that many descriptors and for credentials.</summary>
    public static int SpaceFor(int descriptors) => (descriptors == 0 ? 0 : Space(descriptors * sizeof(int))) + Space(CredentialsLength);

    public static ControlMessages ForSending(ReadOnlySpan<FileDescriptor> descriptors, UnixCredentials? credentials)
    {
        var held = Hold(descriptors);
        var bytes = new byte[(descriptors.IsEmpty ? 0 : Space(descriptors.Length * sizeof(int))) + (credentials is null ? 0 : Space(CredentialsLength))];
        var rest = bytes.AsSpan();
        if (!descriptors.IsEmpty)
        {
            var data = Begin(ref rest, Socket.SCM_RIGHTS, descriptors.Length * sizeof(int));
            for (var i = 0; i < descriptors.Length; i++)
                BinaryPrimitives.WriteInt32LittleEndian(data[(i * sizeof(int))..], held[i].Number);
        }

        if (credentials is { } sender)
        {
            var data = Begin(ref rest, Socket.SCM_CREDENTIALS, CredentialsLength);
            BinaryPrimitives.WriteInt32LittleEndian(data, sender.ProcessId);
            BinaryPrimitives.WriteUInt32LittleEndian(data[4..], sender.UserId);
            BinaryPrimitives.WriteUInt32LittleEndian(data[8..], sender.GroupId);
        }

        return new ControlMessages(bytes, held);
    }

    public static (FileDescriptor[] Descriptors, UnixCredentials? Credentials) Parse(ReadOnlySpan<byte> control)
    {
        var descriptors = new List<FileDescriptor>();
        UnixCredentials? credentials = null;
        while (control.Length >= Socket.SizeOfControlHeader)
        {
            var length = BinaryPrimitives.ReadUInt64LittleEndian(control);
            if (length < Socket.SizeOfControlHeader || length > (ulong)control.Length)
                break;
            var data = control[Socket.SizeOfControlHeader..(int)length];
            if (BinaryPrimitives.ReadInt32LittleEndian(control[8..]) == Socket.SOL_SOCKET)
            {
                var type = BinaryPrimitives.ReadInt32LittleEndian(control[12..]);
                if (type == Socket.SCM_RIGHTS)
                {
                    foreach (var number in MemoryMarshal.Cast<byte, int>(data))
                        descriptors.Add(new FileDescriptor(number));
                }
                else if (type == Socket.SCM_CREDENTIALS && data.Length >= CredentialsLength)
                {
                    credentials = new UnixCredentials(
                        BinaryPrimitives.ReadInt32LittleEndian(data), BinaryPrimitives.ReadUInt32LittleEndian(data[4..]),
                        BinaryPrimitives.ReadUInt32LittleEndian(data[8..]));
                }
            }

            control = control[Math.Min(Align((int)length), control.Length)..];
        }

        return ([.. descriptors], credentials);
    }

    public void Dispose()
    {
        foreach (var descriptor in _held ?? [])
            descriptor.DangerousRelease();
    }

    private static FileDescriptor[] Hold(ReadOnlySpan<FileDescriptor> descriptors)
    {
        var held = new List<FileDescriptor>(descriptors.Length);
        try
        {
            foreach (var descriptor in descriptors)
            {
                var added = false;
                descriptor.DangerousAddRef(ref added);
                held.Add(descriptor);
            }
        }
        catch
        {
            held.ForEach(descriptor => descriptor.DangerousRelease());
            throw;
        }

        return [.. held];
    }

    private static Span<byte> Begin(ref Span<byte> rest, int type, int length)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(rest, (ulong)(Socket.SizeOfControlHeader + length));
        BinaryPrimitives.WriteInt32LittleEndian(rest[8..], Socket.SOL_SOCKET);
        BinaryPrimitives.WriteInt32LittleEndian(rest[12..], type);
        var data = rest.Slice(Socket.SizeOfControlHeader, length);
        rest = rest[Space(length)..];
        return data;
    }

    private static int Space(int length) => Align(Socket.SizeOfControlHeader + length);

    private static int Align(int length) => (length + 7) & ~7;
}
