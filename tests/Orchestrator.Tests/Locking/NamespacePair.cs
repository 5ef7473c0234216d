using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Tests.Locking;

/// <summary>Two new network namespaces with a veth pair between them: a container's and one that stands for the rest of the world. Both are
/// gone when this is disposed.</summary>
internal sealed class NamespacePair : IDisposable
{
    public const string ContainerMac = "02:00:00:00:00:0a";
    public static readonly IPAddress Container4 = IPAddress.Parse("10.77.0.1");
    public static readonly IPAddress Peer4 = IPAddress.Parse("10.77.0.2");
    public static readonly IPAddress Container6 = IPAddress.Parse("fd77::1");
    public static readonly IPAddress Peer6 = IPAddress.Parse("fd77::2");

    public NamespacePair()
    {
        Container = New();
        Peer = New();
        Run(Container, "ip", $"link add eth0 address {ContainerMac} type veth peer name eth0 address 02:00:00:00:00:0b netns {PathOf(Peer)}");
        Configure(Container, Container4, Container6);
        Configure(Peer, Peer4, Peer6);
        Assert.True(SpinWait.SpinUntil(() => IsUp(Container) && IsUp(Peer), TimeSpan.FromSeconds(10)), "the link is not up");
    }

    public FileDescriptor Container { get; }

    public FileDescriptor Peer { get; }

    public static string PathOf(FileDescriptor netns) => string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{netns.Number}");

    /// <summary>Runs a program in a namespace; what it wrote to both outputs, and its exit code.</summary>
    public static (int Code, string Output) TryRun(FileDescriptor netns, string program, string arguments, string? input = null) => NamespaceThread.Run(
        () =>
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
            using var process = Process.Start(start)!;
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        },
        netns);

    public static string Run(FileDescriptor netns, string program, string arguments, string? input = null)
    {
        (var code, var output) = TryRun(netns, program, arguments, input);
        Assert.True(code == 0, $"{program} {arguments}: {output}");
        return output;
    }

    public static string Ruleset(FileDescriptor netns) => Run(netns, "nft", "list ruleset");

    public static Socket Socket(FileDescriptor netns, AddressFamily family, SocketType type, ProtocolType protocol = 0, bool isMarked = false) =>
        NamespaceThread.Run(
        () =>
        {
            var socket = new Socket(family, type, protocol);
            if (isMarked)
                socket.SetRawSocketOption(1, 36, BitConverter.GetBytes(0xC114));
            return socket;
        },
        netns);

    /// <summary>A bound UDP socket that gives up receiving after a moment.</summary>
    public static Socket Udp(FileDescriptor netns, IPAddress address, bool isMarked = false)
    {
        var socket = Socket(netns, address.AddressFamily, SocketType.Dgram, ProtocolType.Udp, isMarked);
        socket.Bind(new IPEndPoint(address, 0));
        socket.ReceiveTimeout = 300;
        return socket;
    }

    /// <summary>A new network namespace.</summary>
    public static FileDescriptor New() => NamespaceThread.RunInNewNamespaces(NamespaceKind.Net, () =>
    {
        // No duplicate address detection: addresses are there at once.
        File.WriteAllText("/proc/sys/net/ipv6/conf/default/accept_dad", "0");
        return Namespace.OpenSelf(NamespaceKind.Net);
    });

    public void Dispose()
    {
        Container.Dispose();
        Peer.Dispose();
    }

    private static bool IsUp(FileDescriptor netns) => Run(netns, "ip", "-o link show eth0").Contains("state UP", StringComparison.Ordinal);

    private static void Configure(FileDescriptor netns, IPAddress address4, IPAddress address6)
    {
        Run(netns, "ip", "link set lo up");
        Run(netns, "ip", $"address add {address4}/24 dev eth0");
        Run(netns, "ip", $"address add {address6}/64 dev eth0 nodad");
        Run(netns, "ip", "link set eth0 up");
    }
}
