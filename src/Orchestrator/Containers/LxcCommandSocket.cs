using System.Buffers.Binary;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Processes;
using LxcNative.Native.Sockets;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Asks the monitor of a running LXC container over its command socket, an abstract AF_UNIX stream socket.</summary>
/// <remarks>Requests and replies are <c>{ int; int datalen; u64 data }</c>, 16 bytes, one request a connection; the numbers and layouts are
/// frozen by LXC across 3.x to 7.x. The socket belongs to the network namespace of the host.</remarks>
internal static class LxcCommandSocket
{
    private const int GetState = 3;
    private const int GetInitPid = 4;
    private const int GetConfigItem = 7;
    private const int HeaderSize = 16;
    private const int MaximumData = 1 << 20;
    private const int PathLimit = 106;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The pid of the container's init as the host sees it, or null when there is no monitor.</summary>
    /// <exception cref="ContainerException">There is one that does not answer.</exception>
    public static int? InitPid(string lxcPath, string name) =>
        Ask(lxcPath, name, GetInitPid, []) is { } reply && (int)reply.Value > 0 ? (int)reply.Value : null;

    /// <summary>The container's state (0 stopped, 1 starting, 2 running, 6 frozen, ...), or null when there is no monitor.</summary>
    /// <inheritdoc cref="InitPid" path="/exception" />
    public static int? State(string lxcPath, string name) => Ask(lxcPath, name, GetState, []) is { } reply ? (int)reply.Value : null;

    /// <summary>The running value of a configuration key, or null when it is unset or there is no monitor.</summary>
    /// <inheritdoc cref="InitPid" path="/exception" />
    public static string? ConfigItem(string lxcPath, string name, string key) =>
        Ask(lxcPath, name, GetConfigItem, Encoding.UTF8.GetBytes(key + "\0")) is { Result: 0 } reply
            ? Encoding.UTF8.GetString(reply.Data).TrimEnd('\0', '\n')
            : null;

    /// <summary>The address of the socket: <c>LXCPATH/NAME/command</c>, or <c>lxc/HASH/command</c> where that is too long.</summary>
    internal static string Address(string lxcPath, string name)
    {
        var plain = $"{lxcPath}/{name}/command";
        return Encoding.UTF8.GetByteCount(plain) < PathLimit ? plain : $"lxc/{Fnv1A64($"{lxcPath}/{name}"):x16}/command";
    }

    private static ulong Fnv1A64(string text)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ octet) * 0x100000001b3UL);
        return hash;
    }

    private static Reply? Ask(string lxcPath, string name, int command, byte[] data)
    {
        try
        {
            using var socket = UnixSocket.ConnectAbstract(Encoding.UTF8.GetBytes(Address(lxcPath, name)));
            UnixSocket.SetTimeout(socket, Patience);
            Span<byte> header = stackalloc byte[HeaderSize];
            header.Clear();
            BinaryPrimitives.WriteInt32LittleEndian(header, command);
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], data.Length);
            // The monitor asks for credentials a moment after it has accepted, and hangs up on who came before with none.
            UnixSocket.Send(socket, header, credentials: new UnixCredentials(CurrentProcess.Id, CurrentProcess.EffectiveUserId, CurrentProcess.EffectiveGroupId));
            if (data.Length > 0)
                UnixSocket.Send(socket, data);
            if (!Receive(socket, header))
                return null;
            var length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
            if (length is < 0 or > MaximumData)
                throw new ContainerException($"the monitor of {name} answered with a length of {length}: it is not an LXC monitor that this version understands");
            var body = new byte[length];
            return Receive(socket, body)
                ? new Reply(BinaryPrimitives.ReadInt32LittleEndian(header), BinaryPrimitives.ReadUInt64LittleEndian(header[8..]), body)
                : null;
        }
        catch (SyscallException e) when (e.Errno == Errno.EAGAIN)
        {
            // There is one, and with it a container: nobody may take it for stopped.
            throw new ContainerException($"the monitor of container {name} is there, but does not answer: look whether its process, [lxc monitor] {lxcPath} {name}, is stopped", e);
        }
        catch (SyscallException e) when (e.Errno is Errno.ECONNREFUSED or Errno.ECONNRESET or Errno.EPIPE)
        {
            // Nobody listens, or it ended meanwhile.
            return null;
        }
    }

    private static bool Receive(FileDescriptor socket, Span<byte> into)
    {
        while (!into.IsEmpty)
        {
            using var message = UnixSocket.Receive(socket, into);
            if (message.Length == 0)
                return false;
            into = into[message.Length..];
        }

        return true;
    }

    private readonly record struct Reply(int Result, ulong Value, byte[] Data);
}
