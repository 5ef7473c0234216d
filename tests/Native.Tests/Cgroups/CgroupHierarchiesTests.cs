using LxcNative.Native.Cgroups;
using LxcNative.Native.Mounts;

namespace LxcNative.Native.Tests.Cgroups;

public class CgroupHierarchiesTests
{
    private const string Tmpfs = "30 22 0:27 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n";
    private const string Freezer = "36 30 0:33 / /sys/fs/cgroup/freezer rw - cgroup cgroup rw,freezer\n";
    private const string Cpu = "37 30 0:34 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n";
    private const string Systemd = "39 30 0:36 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd\n";
    private const string Unified = "40 30 0:37 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

    [Theory]
    [InlineData("", CgroupLayout.None)]
    [InlineData(Tmpfs, CgroupLayout.None)]
    [InlineData(Tmpfs + Freezer + Systemd, CgroupLayout.Legacy)]
    [InlineData(Tmpfs + Freezer + Unified, CgroupLayout.Hybrid)]
    [InlineData(Unified, CgroupLayout.Unified)]
    public void LayoutIsWhatIsMounted(string mounts, CgroupLayout layout) => Assert.Equal(layout, Of(mounts).Layout);

    [Theory]
    [InlineData("6:freezer:/lxc/t", "/sys/fs/cgroup/freezer/lxc/t")]
    [InlineData("6:freezer:/", "/sys/fs/cgroup/freezer")]
    [InlineData("1:cpu,cpuacct:/a b", "/sys/fs/cgroup/cpu,cpuacct/a b")]
    [InlineData("9:name=systemd:/init.scope", "/sys/fs/cgroup/systemd/init.scope")]
    [InlineData("0::/x", "/sys/fs/cgroup/unified/x")]
    [InlineData("4:memory:/x", null)]
    [InlineData("9:name=other:/x", null)]
    public void MembershipIsADirectoryOfItsHierarchy(string line, string? directory) =>
        Assert.Equal(directory, Of(Tmpfs + Freezer + Cpu + Systemd + Unified).Directory(CgroupMembership.Parse(line).Entries[0]));

    [Theory]
    [InlineData("0::/lxc.payload.t", "/cg")]
    [InlineData("0::/lxc.payload.t/sub", "/cg/sub")]
    [InlineData("0::/lxc.payload.tt", null)]
    [InlineData("0::/", null)]
    public void MountOfAPartHoldsThatPartOnly(string line, string? directory) =>
        Assert.Equal(directory, Of("40 30 0:37 /lxc.payload.t /cg rw - cgroup2 cgroup2 rw\n").Directory(CgroupMembership.Parse(line).Entries[0]));

    [Fact]
    public void WholeHierarchyIsPreferredAndThenTheLaterMount()
    {
        var entry = CgroupMembership.Parse("0::/t/x").Entries[0];
        var part = "41 30 0:37 /t /part rw - cgroup2 cgroup2 rw\n";
        Assert.Equal("/sys/fs/cgroup/unified/t/x", Of(Unified + part).Directory(entry));
        Assert.Equal("/later/t/x", Of(part + Unified + "42 30 0:37 / /later rw - cgroup2 cgroup2 rw\n").Directory(entry));
    }

    private static CgroupHierarchies Of(string mounts) => CgroupHierarchies.FromMountInfo(MountInfo.Parse(mounts));
}
