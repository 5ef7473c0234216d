using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Tests.Containers;

public sealed class ServedMountsTests
{
    private static readonly IReadOnlyList<MountEntry> Host = MountInfo.Parse("""
        20 1 8:1 / / rw - ext4 /dev/vda rw
        30 20 0:40 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw

        """);

    private static readonly IReadOnlyList<MountEntry> Container = MountInfo.Parse("""
        50 1 8:1 /c / rw - ext4 /dev/vda rw
        51 50 0:40 /proc/uptime /proc/uptime rw - fuse.lxcfs lxcfs rw
        52 50 0:90 / /srv/own rw - fuse.sshfs them:/ rw
        53 50 0:91 / /b rw - fuseblk /dev/fuse rw

        """);

    [Theory]
    [InlineData("/srv/own", true)]
    [InlineData("/srv/own/a/b", true)]
    [InlineData("/srv/owner", false)]
    [InlineData("/srv", false)]
    [InlineData("/b/x", true)]
    [InlineData("/proc/uptime", false)]
    public void AreTheContainersOwn(string path, bool isHeld) => Assert.Equal(isHeld, ServedMounts.Of(Container, () => Host).Holds(path));

    [Fact]
    public void TheHostIsAskedOnlyWhereThereIsOne() =>
        Assert.True(ServedMounts.Of(Container.Where(entry => !ServedMounts.IsFuse(entry)), () => throw new InvalidOperationException()).IsEmpty);
}
