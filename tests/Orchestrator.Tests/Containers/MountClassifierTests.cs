using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Tests.Containers;

public class MountClassifierTests
{
    private const string Host = """
        21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
        22 21 0:21 / /sys rw,relatime - sysfs sysfs rw
        23 21 0:30 / /srv rw - tmpfs data rw
        24 23 0:31 / /srv/over rw - tmpfs over rw
        25 21 0:5 / /dev rw - devtmpfs devtmpfs rw
        26 21 0:33 /pool /mnt/pool rw - btrfs /dev/vdb rw
        27 22 0:44 / /sys/fs/fuse/connections rw shared:22 - fusectl fusectl rw
        28 22 0:7 / /sys/kernel/security rw shared:8 - securityfs securityfs rw
        """;

    private const string Container = """
        63 41 254:0 /var/lib/lxc/c/rootfs / rw,relatime shared:1 - ext4 /dev/vda rw
        64 63 0:39 / /dev rw,relatime shared:2 - tmpfs none rw
        65 63 0:40 / /proc rw - proc proc rw
        67 65 0:40 /sys /proc/sys ro - proc proc rw
        68 63 0:41 / /sys ro - sysfs sysfs ro
        71 63 254:0 /usr/lib /lib ro,relatime - ext4 /dev/vda rw
        72 63 254:0 /var/lib/lxc/c/rootfs/data /inner rw - ext4 /dev/vda rw
        73 64 0:5 /null /dev/null rw - devtmpfs devtmpfs rw
        75 68 0:21 /kernel/security /sys/kernel/security ro - sysfs sysfs rw
        76 63 0:33 /pool/a /pool rw - btrfs /dev/vdb rw
        77 63 0:77 / /fuse rw - fuse.sshfs somewhere rw
        78 63 0:78 /part /part rw - tmpfs gone rw
        79 63 0:21 / /hostsys rw - sysfs sysfs rw
        81 68 0:44 / /sys/fs/fuse/connections rw master:22 - fusectl fusectl rw
        82 68 0:7 / /sys/kernel/security2 rw - securityfs securityfs rw
        83 68 0:7 / /sys/kernel/security3 rw master:9 - securityfs securityfs rw
        80 63 0:26 /lxc.payload.c /cg rw - cgroup cgroup rw,memory
        """;

    public static TheoryData<string, ContainerMountKind, string?> Expected => new()
    {
        { "/", ContainerMountKind.Root, null },
        { "/dev", ContainerMountKind.Internal, null },
        { "/proc", ContainerMountKind.Internal, null },
        { "/proc/sys", ContainerMountKind.Internal, null },
        { "/sys", ContainerMountKind.Internal, null },
        { "/lib", ContainerMountKind.External, "/usr/lib" },
        { "/inner", ContainerMountKind.Internal, null },
        { "/dev/null", ContainerMountKind.External, "/dev/null" },
        { "/sys/kernel/security", ContainerMountKind.External, "/sys/kernel/security" },
        { "/pool", ContainerMountKind.External, "/mnt/pool/a" },
        { "/fuse", ContainerMountKind.Unsupported, null },
        { "/part", ContainerMountKind.Unsupported, null },
        { "/hostsys", ContainerMountKind.Internal, null },
        { "/cg", ContainerMountKind.Internal, null },
        // Of those that the kernel has once, only what follows the host's mount is the host's.
        { "/sys/fs/fuse/connections", ContainerMountKind.External, "/sys/fs/fuse/connections" },
        { "/sys/kernel/security2", ContainerMountKind.Internal, null },
        { "/sys/kernel/security3", ContainerMountKind.Internal, null },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void EachMountOfAContainerIsOfItsKind(string mountPoint, ContainerMountKind kind, string? hostPath)
    {
        var classified = Classify((_, _) => true).Single(mount => mount.Entry.MountPoint == mountPoint);

        Assert.Equal(kind, classified.Kind);
        Assert.Equal(hostPath, classified.HostPath);
        Assert.Equal(kind == ContainerMountKind.Unsupported, classified.Reason is not null);
    }

    [Fact]
    public void AHostPathThatShowsAnotherFileIsNotTaken()
    {
        var classified = Classify((host, _) => host != "/usr/lib").Single(mount => mount.Entry.MountPoint == "/lib");

        Assert.Equal(ContainerMountKind.Unsupported, classified.Kind);
    }

    [Fact]
    public void TheNearestHostMountIsPreferred()
    {
        var host = MountInfo.Parse("""
            21 1 254:0 / / rw - ext4 /dev/vda rw
            22 21 254:0 /deep/er /near rw - ext4 /dev/vda rw
            23 21 254:0 /deep /far rw - ext4 /dev/vda rw
            """);
        var entry = MountInfo.Parse("30 29 254:0 /deep/er/file /f rw - ext4 /dev/vda rw")[0];

        Assert.Equal("/near/file", new MountClassifier(host, (_, _) => true).HostPathOf(entry));
    }

    private static IReadOnlyList<ContainerMount> Classify(Func<string, string, bool> sameFile) =>
        new MountClassifier(MountInfo.Parse(Host), sameFile).Classify(MountInfo.Parse(Container));
}
