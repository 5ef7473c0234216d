using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Links;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Parts.HostEnds;
using LxcNative.Orchestrator.Parts.Network;

namespace LxcNative.Orchestrator.Restores.Rehearsals;

/// <summary>What stands in for the host in a rehearsal: the process is in network, pid and mount namespaces of its own, so that nothing leads out of there, and
/// all of it ends with the process.</summary>
internal static class RehearsalHost
{
    /// <summary>The namespaces that the process is started in; that of mounts it makes itself.</summary>
    public const NamespaceKind Namespaces = NamespaceKind.Net | NamespaceKind.Pid;

    private const string MacvlanPrefix = "macvlan[";

    /// <summary>Makes the process's mounts its own, with a /proc of its pid namespace. To be called by its main thread before there are others: they get what
    /// it has.</summary>
    /// <exception cref="Native.Errors.SyscallException">The kernel refused it.</exception>
    public static void Enter()
    {
        Namespace.Unshare(NamespaceKind.Mount);
        Mount.SetPropagation("/", Propagation.Slave, recursive: true);
        Mount.MountFileSystem("proc", "proc", "/proc", MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec);
    }

    /// <summary>Makes the place a memory of its own: what is put there is seen by nobody else.</summary>
    /// <exception cref="Native.Errors.SyscallException">The kernel refused it.</exception>
    public static void MakePlace(string place)
    {
        Mount.MountFileSystem("tmpfs", "lxcnative", place, MountFlags.NoSuid, "mode=0700");
        PrivateDirectory.Create(WorkOf(place));
    }

    /// <summary>The directory of criu's log and statistics.</summary>
    public static string WorkOf(string place) => Path.Combine(place, "work");

    /// <summary>Makes the bridges and devices that the host's ends, and links that stand on a device of the host, ask for by name.</summary>
    /// <exception cref="Netlink.Errors.NetlinkException">The kernel refused one.</exception>
    /// <exception cref="MalformedNetworkImageException">The image of the network is damaged.</exception>
    public static void MakeLinks(RestorePlan plan)
    {
        var bridges = new HostEndsPart().Read(plan.States).Ends.Select(end => end.Host.Bridge).OfType<string>();
        // A bridge does for every other kind of device, too.
        var names = bridges.Concat(Below(plan)).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
            return;
        using var host = RouteSocket.Open();
        foreach (var name in names)
        {
            host.Links.AddBridge(new LinkSpec { Name = name });
            host.Links.SetUp(host.Links.Get(name).Index);
        }
    }

    private static IEnumerable<string> Below(RestorePlan plan)
    {
        var network = new NetworkPart().Read(plan.States);
        if (network.SavedBy == CaptureMode.Native)
            return NetworkImageFile.ReadFile(Path.Combine(plan.ImagesDirectory, NetworkImageFile.Name)).Below.Values;
        return network.Macvlans.Where(one => one.StartsWith(MacvlanPrefix, StringComparison.Ordinal) && one.Contains("]:", StringComparison.Ordinal))
            .Select(one => one[(one.IndexOf("]:", StringComparison.Ordinal) + 2)..]);
    }
}
