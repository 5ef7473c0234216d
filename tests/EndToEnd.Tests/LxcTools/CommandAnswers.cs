using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace LxcNative.EndToEnd.Tests.LxcTools;

/// <summary>Asks a command socket everything that can be asked without a change, in LXC's own words (commands.h).</summary>
internal static class CommandAnswers
{
    private const int HeaderSize = 16;

    private static readonly string[] Keys =
    [
        "lxc.net", "lxc.net.0.type", "lxc.net.0.link", "lxc.net.0.name", "lxc.net.0.veth.pair", "lxc.net.0.ipv4.address", "lxc.net.1.type", "lxc.tty.max",
        "lxc.pty.max", "lxc.idmap",
        "lxc.group", "lxc.start.auto", "lxc.mount.entry", "lxc.console.path", "lxc.uts.name", "lxc.rootfs.path", "lxc.no_new_privs", "lxc.signal.halt",
        "lxc.cap.drop",
        "lxc.hook.stop", "lxc.environment", "lxc.ephemeral", "lxc.nothing", "nothing", "lxc.arch", "lxc.seccomp.profile",
    ];

    /// <summary>Every answer by its question; what differs from process to process is left out.</summary>
    public static IReadOnlyDictionary<string, string> All(string name)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var command in (int[])[3, 8, 9, 14, 15, 16, 17, 18, 20, 21, 22, 26, 27, 1000, -1])
            answers[$"{command}"] = Ask(name, command);
        foreach (var controller in (string[])["freezer", "memory", "pids", "cpuset", "devices", "name=systemd", "systemd", "unified", "hugetlb", "rdma",
            "none", ""])
        {
            foreach (var command in (int[])[6, 19])
                answers[$"{command} {controller}"] = Ask(name, command, Encoding.UTF8.GetBytes(controller + "\0"));
            foreach (var command in (int[])[24, 25])
                answers[$"{command} {controller}"] = Ask(name, command, [.. new byte[16], .. Encoding.UTF8.GetBytes(controller.PadRight(64, '\0'))],
                    hidden: (12, 4));
        }

        answers["6 without a controller"] = Ask(name, 6);
        answers["6 without an end"] = Ask(name, 6, "memory"u8.ToArray());
        answers["23"] = Ask(name, 23, new byte[96], hidden: (12, 80));
        answers["23 short"] = Ask(name, 23, new byte[12]);
        answers["25 short"] = Ask(name, 25, new byte[12]);
        answers["10 wrong"] = Ask(name, 10, "1234"u8.ToArray());
        answers["10"] = Ask(name, 10, [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, .. new byte[20]]);
        answers["10 to wait"] = Ask(name, 10, new byte[32]);
        answers["0 the console"] = Ask(name, 0, value: 0);
        answers["0 terminal 2"] = Ask(name, 0, value: 2);
        answers["0 the next"] = Ask(name, 0, value: 0xffffffff);
        answers["0 terminal 3"] = Ask(name, 0, value: 3);
        answers["11"] = Ask(name, 11, new byte[24]);
        foreach (var key in Keys)
            answers[$"7 {key}"] = Ask(name, 7, Encoding.UTF8.GetBytes(key + "\0"));
        return answers;
    }

    /// <summary>One answer: code, value and data, or what happened instead.</summary>
    public static string Ask(string name, int command, byte[]? data = null, ulong value = 0, (int Offset, int Length) hidden = default)
    {
        using var socket = Connect(name);
        var request = new byte[HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(request, command);
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(4), data?.Length ?? 0);
        BinaryPrimitives.WriteUInt64LittleEndian(request.AsSpan(8), value);
        socket.Send(request);
        if (data is not null)
            socket.Send(data);
        var header = Receive(socket, HeaderSize);
        if (header.Length < HeaderSize)
            return "end";
        var length = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4));
        var text = Receive(socket, length);
        text.AsSpan(Math.Min(hidden.Offset, text.Length), Math.Min(hidden.Length, Math.Max(0, text.Length - hidden.Offset))).Clear();
        return $"{BinaryPrimitives.ReadInt32LittleEndian(header)} {(length == 0 ? BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(8)) : 0)} "
            + $"{Convert.ToHexString(text)} {Encoding.UTF8.GetString(text)}";
    }

    /// <summary>A connection to the container's command socket.</summary>
    public static Socket Connect(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        socket.Connect(new UnixDomainSocketEndPoint($"\0/var/lib/lxc/{name}/command"));
        return socket;
    }

    private static byte[] Receive(Socket socket, int length)
    {
        var all = new byte[length];
        var filled = 0;
        while (filled < length && socket.Receive(all, filled, length - filled, SocketFlags.None) is > 0 and var count)
            filled += count;
        return all[..filled];
    }
}
