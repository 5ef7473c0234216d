using LxcNative.Orchestrator.Checkpoints;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public class CheckpointPlanTests
{
    private static readonly CheckpointPlan Plan = CheckpointPlan.For(SampleContainer.Make(), new CheckpointOptions { External = ["unix[42]"] });

    [Fact]
    public void EachMountOfTheHostIsAnExternalUnderAKeyOfItsOwn() => Assert.Equal(["mnt[/lib]:lxcnative-mnt-71", "unix[42]"], Plan.Externals);

    [Fact]
    public void WhereEachComesFromIsKept() => Assert.Equal([new ExternalMount("lxcnative-mnt-71", "/lib", "/usr/lib", "ro,relatime")], Plan.ExternalMounts);

    [Fact]
    public void CgroupRootsAreThePathsThatWereRead() =>
        Assert.Equal([("name=systemd", "/lxc.payload.web-1"), ("cpu,cpuacct", "/lxc.payload.web-1"), (null, "/lxc.payload.web-1")], Plan.CgroupRoots);

    [Fact]
    public void FileSystemsThatCriuMountsOnlyWhenToldAreTold() => Assert.Equal(["hugetlbfs"], Plan.EnabledFileSystems);
}
