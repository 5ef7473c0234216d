using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;

namespace LxcNative.Native.Tests.Cgroups;

public class CgroupMembershipTests
{
    // cat /proc/PID/cgroup on a hybrid host.
    private const string Hybrid = "9:name=systemd:/lxc.payload.t\n5:devices:/lxc.payload.t\n2:cpu,cpuacct:/a:b/c\n0::/lxc.payload.t/x (deleted)\n";

    [Fact]
    public void EveryHierarchyIsRead()
    {
        var membership = CgroupMembership.Parse(Hybrid);
        Assert.Equal(4, membership.Entries.Count);
        Assert.Equal((9, "systemd", "/lxc.payload.t"), Triple(membership.WithName("systemd")!));
        Assert.Equal((5, null, "/lxc.payload.t"), Triple(membership.WithController("devices")!));
        Assert.Equal((2, null, "/a:b/c"), Triple(membership.WithController("cpuacct")!));
        Assert.Equal((0, null, "/lxc.payload.t/x"), Triple(membership.Unified!));
        Assert.True(membership.Unified!.IsDeleted);
        Assert.Null(membership.WithController("memory"));
    }

    [Theory]
    [InlineData("x::/")]
    [InlineData("0:")]
    [InlineData("0")]
    [InlineData("1:cpu:relative")]
    [InlineData(":cpu:/")]
    public void MalformedLineIsRefused(string line) => Assert.Throws<MalformedProcFileException>(() => CgroupMembership.Parse(line));

    [Fact]
    public void MutatedTextIsParsedOrRefused() => Mutation.OnlyMalformed(Hybrid, text => CgroupMembership.Parse(text));

    [Fact]
    public void OwnMembershipIsRead() => Assert.NotEmpty(CgroupMembership.Read(Environment.ProcessId).Entries);

    private static (int Id, string? Name, string Path) Triple(CgroupEntry entry) => (entry.HierarchyId, entry.Name, entry.Path);
}
