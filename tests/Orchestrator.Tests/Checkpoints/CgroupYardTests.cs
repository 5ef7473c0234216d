using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Cgroups;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public class CgroupYardTests
{
    [Fact]
    public void EachHierarchyIsThereByEveryNameThatCriuAsksFor() =>
        Assert.Equal(
            [("systemd", "/sys/fs/cgroup/systemd"), ("cpu", "/sys/fs/cgroup/cpu,cpuacct"), ("cpuacct", "/sys/fs/cgroup/cpu,cpuacct"),
                ("cpu,cpuacct", "/sys/fs/cgroup/cpu,cpuacct"), ("pids", "/sys/fs/cgroup/pids"), ("unified", "/sys/fs/cgroup/unified")],
            CgroupYard.Entries(
            [
                new ContainerCgroup(["name=systemd"], "/lxc.payload.web-1", "/sys/fs/cgroup/systemd/lxc.payload.web-1"),
                new ContainerCgroup(["cpu", "cpuacct"], "/a/b", "/sys/fs/cgroup/cpu,cpuacct/a/b"),
                new ContainerCgroup(["pids"], "/", "/sys/fs/cgroup/pids"),
                new ContainerCgroup([], "/lxc.payload.web-1", "/sys/fs/cgroup/unified/lxc.payload.web-1"),
            ]));

    [Fact]
    public void WhereOneIsNotMountedCriuHasToMountAll() => Assert.Null(CgroupYard.Entries(SampleContainer.Make().Cgroups));

    [Fact]
    public void WhereOneIsNotMountedFromItsRootOnCriuHasToMountAll() =>
        Assert.Null(CgroupYard.Entries([new ContainerCgroup(["pids"], "/outer/lxc.payload.web", "/sys/fs/cgroup/pids/lxc.payload.web")]));
}
