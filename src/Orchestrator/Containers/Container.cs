using System.Text.Json.Serialization;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Containers;

/// <summary>A running container as it was found: everything that a checkpoint has to know of it. Nothing was frozen or changed to learn it.</summary>
public sealed record Container
{
    /// <summary>Its name: what LXC calls it, else the name of its cgroup, else <c>pid-PID</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where LXC keeps it (lxc.lxcpath).</summary>
    public required string LxcPath { get; init; }

    /// <summary>The pid of its init, as the host sees it.</summary>
    public required int InitPid { get; init; }

    /// <summary>The init's start time in clock ticks since boot: with the pid it names the process for good.</summary>
    public required ulong InitStartTime { get; init; }

    /// <summary>Its process tree.</summary>
    public required ContainerProcess Processes { get; init; }

    /// <summary>Processes that are in its cgroups but not in its tree (started by lxc-attach): criu does not see them.</summary>
    public required IReadOnlyList<int> Strangers { get; init; }

    /// <summary>The namespaces of its init.</summary>
    public required IReadOnlyList<ContainerNamespace> Namespaces { get; init; }

    /// <summary>What its root is.</summary>
    public required RootFileSystem Root { get; init; }

    /// <summary>Its mounts, in the order of mountinfo.</summary>
    public required IReadOnlyList<ContainerMount> Mounts { get; init; }

    /// <summary>Its network devices; empty where it shares the host's network.</summary>
    public required IReadOnlyList<ContainerNic> Nics { get; init; }

    /// <summary>Its cgroups, one per hierarchy.</summary>
    public required IReadOnlyList<ContainerCgroup> Cgroups { get; init; }

    /// <summary>What looks after it, and ends when it has; null where that is none of LXC's or ours.</summary>
    internal ProcessIdentity? Monitor { get; init; }

    /// <summary>The cgroups of its monitor, the process that is init's parent; empty where that is none of LXC's or ours.</summary>
    public IReadOnlyList<ContainerCgroup> MonitorCgroups { get => field ?? []; init; }

    /// <summary>The sockets in its network namespace; null where nobody looked.</summary>
    public IReadOnlyList<ContainerSocket>? Sockets { get; init; }

    /// <summary>Who else has its network namespace; null where nobody does.</summary>
    public NetworkSharing? NetworkSharing { get; init; }

    /// <summary>Whether it has no network namespace of its own.</summary>
    [JsonIgnore]
    public bool SharesHostNetwork => Shares(NamespaceKind.Net);

    /// <summary>Whether it has a user namespace of its own.</summary>
    [JsonIgnore]
    public bool HasUserNamespace => Namespaces.Any(one => one.Kind == NamespaceKind.User) && !Shares(NamespaceKind.User);

    /// <summary>Finds the container that a process belongs to.</summary>
    /// <param name="pid">Any process of the container, as the host sees it.</param>
    /// <exception cref="RefusedException">There is no such process, it is not in a container, or it ended meanwhile.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static Container FromPid(int pid) => ContainerReference.FromPid(pid).Find();

    /// <summary>Finds a running container by its LXC name, through its monitor's command socket.</summary>
    /// <param name="name">The name.</param>
    /// <param name="lxcPath">Where LXC keeps it; null for lxc.lxcpath of /etc/lxc/lxc.conf, else /var/lib/lxc.</param>
    /// <exception cref="RefusedException">No running container has the name.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static Container FromName(string name, string? lxcPath = null) => ContainerReference.FromName(name, lxcPath).Find();

    private bool Shares(NamespaceKind kind) => Namespaces.Any(one => one.Kind == kind && one.SharedWithHost);
}
