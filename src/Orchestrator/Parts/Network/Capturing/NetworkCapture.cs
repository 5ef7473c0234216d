using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Sockets;
using LxcNative.Netlink.Uapi;
using LxcNative.Netlink.Wire;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network.Kinds;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>Captures a network namespace over sockets and files that were opened beforehand.</summary>
/// <remarks>Three steps: <see cref="Prepare"/> while everything runs, <see cref="Capture"/> while it stands still, and the image's
/// <see cref="CapturedNetwork.Complete"/> on any thread meanwhile.</remarks>
internal sealed class NetworkCapture : IDisposable
{
    private readonly NetworkCaptureOptions _options;
    private readonly FileDescriptor _netns;
    private readonly NetlinkSocket _route;
    private readonly NetlinkSocket _netfilter;
    private readonly NetlinkSocket? _ipsec;
    private readonly RouteDumps _routeDumps;
    private readonly RulesetDumps _rulesetDumps;
    private readonly MessageBuffer _states = Ipsec(XFRM_MSG.XFRM_MSG_GETSA);
    private readonly MessageBuffer _policies = Ipsec(XFRM_MSG.XFRM_MSG_GETPOLICY);
    private SysctlFiles _sysctls;
    private HashSet<string> _names;

    private NetworkCapture(NetworkCaptureOptions options, FileDescriptor netns, SysctlFiles sysctls, NetlinkSocket route, NetlinkSocket netfilter,
        NetlinkSocket? ipsec)
    {
        _options = options;
        _netns = netns;
        _sysctls = sysctls;
        _route = route;
        _netfilter = netfilter;
        _ipsec = ipsec;
        _routeDumps = new RouteDumps(route);
        _rulesetDumps = new RulesetDumps(netfilter);
        _names = [];
    }

    /// <summary>Why the namespace cannot be captured faithfully; empty when it can.</summary>
    public IReadOnlyList<string> Obstacles { get; private set; } = [];

    /// <summary>Whether it can be captured faithfully.</summary>
    public bool CanCapture => Obstacles.Count == 0;

    /// <summary>Opens sockets and settings, captures once as a trial, and judges what it sees. Changes nothing.</summary>
    /// <param name="netns">The namespace; stays the caller's, open as long as this object is used.</param>
    /// <param name="options">What the caller knows of it.</param>
    /// <exception cref="SyscallException">The namespace cannot be entered or read.</exception>
    /// <exception cref="NetlinkException">The kernel refused a request.</exception>
    public static NetworkCapture Prepare(FileDescriptor netns, NetworkCaptureOptions? options = null)
    {
        options ??= new NetworkCaptureOptions();
        var obstacles = new List<string>();
        if (options.HasOpenTun)
            obstacles.Add("a program has /dev/net/tun open");
        var capture = NamespaceThread.Run(
            () =>
            {
                obstacles.AddRange(NamespaceObstacles.FindHere(netns, options.Owner));
                return new NetworkCapture(
                    options,
                    netns,
                    SysctlFiles.OpenHere(),
                    new NetlinkSocket((int)NETLINK.NETLINK_ROUTE, RouteSocket.Options),
                    new NetlinkSocket((int)NETLINK.NETLINK_NETFILTER),
                    OpenIpsec());
            },
            netns);
        try
        {
            // The first run pays for first calls and for buffers; the second is what the frozen container will wait for.
            var trial = capture.Capture();
            obstacles.AddRange(trial.Obstacles());
            capture.Obstacles = obstacles;
            return capture;
        }
        catch
        {
            capture.Dispose();
            throw;
        }
    }

    /// <summary>Why a container's namespace would be left to criu; empty when it would not. Changes nothing.</summary>
    /// <param name="netns">The namespace; stays the caller's.</param>
    /// <param name="container">The container.</param>
    /// <param name="files">What its processes have open.</param>
    public static IReadOnlyList<string> ObstaclesOf(FileDescriptor netns, Container container, IEnumerable<ObservedFile> files)
    {
        try
        {
            using var capture = Prepare(netns, NetworkCaptureOptions.For(container, files));
            return capture.Obstacles;
        }
        catch (Exception e) when (e is LinuxException or NetlinkProtocolException)
        {
            return [e.Message];
        }
    }

    /// <summary>Captures the namespace as it is now.</summary>
    /// <exception cref="SyscallException">A socket failed.</exception>
    /// <exception cref="NetlinkException">The kernel refused a request.</exception>
    public CapturedNetwork Capture()
    {
        var links = _routeDumps.Links();
        var image = new NetworkImage
        {
            Version = NetworkImage.CurrentVersion,
            Links = links,
            Below = _options.Below,
            ConnectionAddresses = _options.ConnectionAddresses,
            Addresses = _routeDumps.Addresses(),
            Routes = _routeDumps.Routes(),
            Rules = _routeDumps.Rules(),
            Neighbours = _routeDumps.Neighbours(),
            ForwardingEntries = HasForwarding(links) ? _routeDumps.ForwardingEntries() : [],
            NextHops = _routeDumps.NextHops(),
            AddressLabels = _routeDumps.AddressLabels(),
            QueueingDisciplines = _routeDumps.QueueingDisciplines(),
            IpsecEntries = _ipsec is null ? 0 : Count(_ipsec, _states) + Count(_ipsec, _policies),
            Ruleset = _rulesetDumps.Capture(_options.IsExcludedTable),
        };
        return new CapturedNetwork(image, ReadSysctls(links), _options.Pairs);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _sysctls.Dispose();
        _route.Dispose();
        _netfilter.Dispose();
        _ipsec?.Dispose();
    }

    private static MessageBuffer Ipsec(XFRM_MSG type)
    {
        var request = new MessageBuffer();
        using (request.Begin(type, MessageFlags.None))
        {
        }

        return request;
    }

    private static NetlinkSocket? OpenIpsec()
    {
        try
        {
            return new NetlinkSocket((int)NETLINK.NETLINK_XFRM);
        }
        catch (SyscallException e) when (e.Errno == Errno.EPROTONOSUPPORT)
        {
            return null;
        }
    }

    private static int Count(NetlinkSocket socket, MessageBuffer request) => socket.Dump(request, _ => "").Count;

    private static bool HasForwarding(List<byte[]> links) =>
        links.Exists(link => LinkKinds.All.Any(kind => kind.HasForwarding && link.AsSpan().IndexOf(kind.InfoKind) >= 0));

    private SysctlValues ReadSysctls(List<byte[]> links)
    {
        var names = links.Select(link => Captured<ifinfomsg>.Parse(link).Text(IFLA.IFLA_IFNAME) ?? "").ToHashSet();

        // A link that came or was renamed since has files that are not open yet.
        if (!names.SetEquals(_names))
        {
            if (_names.Count > 0)
            {
                _sysctls.Dispose();
                _sysctls = NamespaceThread.Run(SysctlFiles.OpenHere, _netns);
            }

            _names = names;
        }

        return _sysctls.Read();
    }
}
