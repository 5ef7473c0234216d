using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Tests;

/// <summary>A container as discovery would describe it, for what is decided from the description alone.</summary>
internal static class SampleContainer
{
    public static Container Make() => new()
    {
        Name = "web",
        LxcPath = "/var/lib/lxc",
        InitPid = int.MaxValue,
        InitStartTime = 4711,
        Processes = new ContainerProcess(int.MaxValue, 1, "init", 'S', [int.MaxValue], []),
        Strangers = [],
        Namespaces = [new ContainerNamespace(NamespaceKind.Net, 4026532000, false), new ContainerNamespace(NamespaceKind.User, 4026531837, true)],
        Root = new RootFileSystem("/var/lib/lxc/web/rootfs", "ext4", "/dev/vda", "rw", "/var/lib/lxc/web/rootfs", false),
        Mounts =
        [
            Mount(63, "/", "ext4", ContainerMountKind.Root, null),
            Mount(65, "/proc", "proc", ContainerMountKind.Internal, null),
            Mount(71, "/lib", "ext4", ContainerMountKind.External, "/usr/lib", "ro,relatime"),
            Mount(72, "/hp", "hugetlbfs", ContainerMountKind.Internal, null),
        ],
        Nics =
        [
            new ContainerNic("lo", 1, null, "00:00:00:00:00:00", 65536, true, null),
            new ContainerNic("eth0", 2, "veth", "12:34:56:78:9a:bc", 1500, true,
                new HostNic("vethAB", 17, "fe:00:00:00:00:01", 1500, true, 2, 2, 1000, 0, null, "br0", "bridge")),
        ],
        Cgroups =
        [
            new ContainerCgroup(["name=systemd"], "/lxc.payload.web-1", "/sys/fs/cgroup/systemd/lxc.payload.web-1"),
            new ContainerCgroup(["cpu", "cpuacct"], "/lxc.payload.web-1", "/sys/fs/cgroup/cpu/lxc.payload.web-1"),
            new ContainerCgroup(["perf_event"], "/", "/sys/fs/cgroup/perf_event"),
            new ContainerCgroup(["rdma"], "/lxc.payload.web-1", null),
            new ContainerCgroup([], "/lxc.payload.web-1", "/sys/fs/cgroup/unified/lxc.payload.web-1"),
        ],
    };

    public static ContainerMount Mount(int id, string point, string type, ContainerMountKind kind, string? host, string options = "rw",
        string? reason = null) =>
        new(new MountEntry
        {
            Id = id,
            ParentId = 1,
            Major = 254,
            Minor = 0,
            Root = "/",
            MountPoint = point,
            Options = options,
            FileSystemType = type,
            Source = "x",
            SuperOptions = "rw"
        }, kind, host, reason);
}
