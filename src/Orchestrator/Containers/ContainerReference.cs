using System.Globalization;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Names a container without looking for it: by a process of its, or by its name and the place that LXC keeps it in.</summary>
public abstract record ContainerReference
{
    // Two kinds, and no others.
    private ContainerReference()
    {
    }

    /// <summary>The container that a process belongs to.</summary>
    /// <param name="pid">Any process of the container, as the host sees it.</param>
    public static ContainerReference FromPid(int pid) => new ByPid(pid);

    /// <summary>The container of an LXC name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="lxcPath">Where LXC keeps it; null for lxc.lxcpath of /etc/lxc/lxc.conf, else /var/lib/lxc.</param>
    public static ContainerReference FromName(string name, string? lxcPath = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new ByName(name, lxcPath);
    }

    /// <summary>Finds it, running.</summary>
    /// <exception cref="RefusedException">There is no such process or container, or it ended meanwhile.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public Container Find()
    {
        RootOnly.Require("reading a container's namespaces");
        return Discover(withSockets: true);
    }

    /// <summary>Finds it, and leaves its sockets to be listed by whoever looks at its processes, after them.</summary>
    /// <inheritdoc cref="Find" path="/exception" />
    internal Container FindWithoutSockets()
    {
        RootOnly.Require("reading a container's namespaces");
        return Discover(withSockets: false);
    }

    private protected abstract Container Discover(bool withSockets);

    private sealed record ByPid(int Pid) : ContainerReference
    {
        private protected override Container Discover(bool withSockets) => ContainerDiscovery.Discover(ContainerInit.Find(Pid), null, withSockets);

        public override string ToString() => $"the container of process {Pid.ToString(CultureInfo.InvariantCulture)}";
    }

    private sealed record ByName(string Name, string? LxcPath) : ContainerReference
    {
        private protected override Container Discover(bool withSockets)
        {
            var path = Engines.Lxc.LxcPath.Of(LxcPath);
            return ContainerDiscovery.Discover(RunningContainers.InitOf(Name, path), (path, Name), withSockets);
        }

        public override string ToString() => $"container {Name}{(LxcPath is null ? "" : $" under {LxcPath}")}";
    }
}
