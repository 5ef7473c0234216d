using LxcNative.Native.Criu.Images;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Cgroups;

namespace LxcNative.Orchestrator.Tests.Parts.Cgroups;

/// <summary>Mounts that show less than the container's whole cgroup, of which criu says that they show all.</summary>
public sealed class CgroupMountRootsTests
{
    private static readonly ContainerCgroup[] s_cgroups =
    [
        new(["devices"], "/lxc/web", "/sys/fs/cgroup/devices/lxc/web"), new(["name=systemd"], "/web", "/sys/fs/cgroup/systemd/web"),
        new([], "/lxc.payload.web", "/sys/fs/cgroup/lxc.payload.web"),
    ];

    [Theory]
    [InlineData("cgroup2", "rw", "/lxc.payload.web/a.service/memory.pressure", "/a.service/memory.pressure")]
    [InlineData("cgroup2", "rw", "/lxc.payload.web", null)]
    [InlineData("cgroup2", "rw", "/lxc.payload.web2/a", null)]
    [InlineData("cgroup2", "rw", "/", null)]
    [InlineData("cgroup", "rw,xattr,name=systemd", "/web/a", "/a")]
    [InlineData("cgroup", "rw,devices", "/lxc/web/a", "/a")]
    [InlineData("cgroup", "rw,devices", "/web/a", null)]
    [InlineData("tmpfs", "rw", "/lxc.payload.web/a", null)]
    public void WhatAMountShowsIsKnownByItsHierarchy(string type, string options, string root, string? below) =>
        Assert.Equal(below, CgroupMountRoots.Below(Mount(type, options, root), s_cgroups));

    [Fact]
    public void ACgroupThatIsTheRootHoldsAll() =>
        Assert.Equal("/a", CgroupMountRoots.Below(Mount("cgroup2", "rw", "/a"), [new ContainerCgroup([], "/", "/sys/fs/cgroup")]));

    [Fact]
    public void TheImageSaysIt()
    {
        var roots = new Dictionary<uint, string> { [2] = "/a.service/memory.pressure", [3] = "/x", [4] = "/x" };
        var image = Image((1, MountImageFileSystem.Cgroup2, "/"), (2, MountImageFileSystem.Cgroup2, "/"), (3, MountImageFileSystem.Tmpfs, "/"),
            (4, MountImageFileSystem.Cgroup2, "/kept"));

        var mended = MountImage.Parse(CgroupMountRoots.Mend(image, "mountpoints-1.img", roots)!, "mended");

        Assert.Equal(["/", "/a.service/memory.pressure", "/", "/kept"], mended.Select(mount => mount.Root));
        Assert.Equal(MountImage.Parse(image, "image").Select(mount => mount with { Root = "" }), mended.Select(mount => mount with { Root = "" }));
        Assert.Null(CgroupMountRoots.Mend(image, "mountpoints-1.img", new Dictionary<uint, string> { [9] = "/x" }));
    }

    private static byte[] Image(params (uint Id, MountImageFileSystem Type, string Root)[] mounts)
    {
        var image = new ImageWriter(ImageMagic.Mounts);
        foreach (var (id, type, root) in mounts)
            image.Entry(new ProtobufWriter().Number(1, (ulong)type).Number(2, id).Number(3, 5).Number(4, 1).Number(5, 0).Text(6, root).Text(7, "/sys/fs/cgroup")
                .Text(8, "none").Text(9, "").Number(10, 7).Number(11, 8));
        return image.Written.ToArray();
    }

    private static MountEntry Mount(string type, string options, string root) => new()
    {
        Id = 5,
        ParentId = 1,
        Major = 0,
        Minor = 27,
        Root = root,
        MountPoint = "/sys/fs/cgroup",
        Options = "rw",
        FileSystemType = type,
        Source = "none",
        SuperOptions = options,
    };
}
