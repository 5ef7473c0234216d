using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

/// <summary>Copies of images with something left out: the rest is byte for byte what it was.</summary>
public sealed class ChangedImageTests
{
    [Fact]
    public void ControllersAreTakenOutOfAnImageOfCgroups()
    {
        var image = Cgroups(withControl: true);

        var copy = SubtreeControlRepair.Repair(image, "cgroup.img", out var enabled);

        Assert.Equal(Cgroups(withControl: false), copy);
        Assert.Equal(["|memory pids", "system.slice|memory pids", "system.slice/deep.slice|pids"],
            enabled.Select(one => $"{one.Path}|{string.Join(' ', one.Controllers)}"));
    }

    [Fact]
    public void AnImageWithoutThemStaysAsItIs()
    {
        var image = Cgroups(withControl: false);
        Assert.Equal(image, SubtreeControlRepair.Repair(image, "cgroup.img", out var enabled));
        Assert.Empty(enabled);
    }

    [Fact]
    public void WatchesByHandleAreLeftOut()
    {
        var image = Watches(withHandles: true);
        Assert.Equal(Watches(withHandles: false), WatchesByHandle.LeaveOut(image, "files.img", out var left));
        Assert.Equal(2, left);
    }

    [Fact]
    public void SlavesOfOneGroupThatShowDifferentThingsAreTakenApart()
    {
        var own = MountImage.Parse(Mounts((1, "/", 121, 0), (2, "/", 55, 0)), "own");
        var first = Mounts((3, "/systemd/propagate/a", 0, 121), (4, "/", 149, 121), (5, "/", 0, 55), (6, "/boot-id", 0, 55), (7, "/x", 0, 9));
        var second = Mounts((8, "/systemd/propagate/b", 0, 121), (9, "/y", 0, 9));
        var all = own.Concat(MountImage.Parse(first, "first")).Concat(MountImage.Parse(second, "second")).ToList();

        // Not 55, whose first shows what the second does; not 9, which is the host's.
        var groups = SlavesApart.Groups(all);
        Assert.Equal([121u], groups);
        Assert.Equal(
            Mounts((3, "/systemd/propagate/a", 0, null), (4, "/", 149, 121), (5, "/", 0, 55), (6, "/boot-id", 0, 55), (7, "/x", 0, 9)),
            SlavesApart.Apart(first, "first", groups, out var apart));
        Assert.Equal(3u, Assert.Single(apart).MountId);
    }

    [Fact]
    public void TheFilesOfCgroupsAreReadWithTheirPlaces()
    {
        var read = CgroupProperty.Parse(Cgroups(withControl: true), "cgroup.img");

        Assert.All(read, one => Assert.Equal("", one.Controllers));
        Assert.Contains(read, one => one.Path.Length == 0);
        Assert.Contains(new CgroupProperty("", "system.slice/cron.service", "cgroup.subtree_control", ""), read);
        Assert.Contains(new CgroupProperty("", "system.slice", "cgroup.subtree_control", "memory pids\n"), read);
    }

    [Fact]
    public void WhatATaskMayDoIsReadFromItsImage()
    {
        var credentials = new ProtobufWriter().Number(1, 7).Number(2, 8).Number(13, 0).Text(15, "lxc-web");
        foreach (var (field, low, high) in ((int, uint, uint)[])[(9, 0, 0), (10, 0xffffffff, 0x1ff), (11, 1, 2), (12, 3, 0)])
            credentials.Number(field, low).Number(field, high);
        var task = new ProtobufWriter().Message(8, new ProtobufWriter()
            .Message(1, new ProtobufWriter().Number(1, 1024).Number(2, ulong.MaxValue)).Message(1, new ProtobufWriter().Number(1, 0).Number(2, 5)));
        var image = new ImageWriter(ImageMagic.Core).Entry(new ProtobufWriter().Number(1, 1).Message(3, task)
            .Message(5, new ProtobufWriter().Message(10, credentials).Number(11, 2))).Written.ToArray();

        var rights = TaskRights.Parse(image, "core-1.img");

        Assert.Equal([7u, 8, 0, 0, 0, 0, 0, 0], rights.Ids);
        Assert.Equal([0, 0x1ff_ffff_fffful, 0x200000001ul, 3], rights.Capabilities);
        Assert.Equal((2u, "lxc-web"), (rights.SeccompMode, rights.Label));
        Assert.Equal([(1024ul, ulong.MaxValue), (0ul, 5ul)], rights.Limits);
    }

    [Fact]
    public void TheRootIsTakenOutOfTheGroupOfWhatIsBoundFromTheHost()
    {
        static byte[] Image(uint root, bool hasBind) => new ImageWriter(ImageMagic.Mounts)
            .Entry(Mount(1, "/", root)).Entry(Mount(2, "/data", root)).Entry(Mount(3, "/run", 7))
            .Entry(hasBind ? Mount(4, "/usr/lib", 5).Text(18, "key") : Mount(4, "/usr/lib", 6)).Written.ToArray();
        static ProtobufWriter Mount(uint id, string point, uint master) => new ProtobufWriter()
            .Number(1, 0).Number(2, id).Number(3, 1).Number(4, 0).Number(5, 0).Text(6, "/").Text(7, point).Text(8, "x").Text(9, "rw").Number(11, master);
        var image = Image(5, hasBind: true);

        Assert.Equal(8u, RootGroup.Unused(MountImage.Parse(image, "image")));
        Assert.Equal(MountImage.Parse(Image(8, hasBind: true), "image"), MountImage.Parse(RootGroup.Apart(image, "image", 8), "image"));
        Assert.Null(RootGroup.Apart(Image(5, hasBind: false), "image", 8));
    }

    [Fact]
    public void EveryCutImageIsRefusedOrShorter()
    {
        var image = Cgroups(withControl: true);
        for (var length = 0; length < image.Length; length++)
        {
            try
            {
                Assert.True(SubtreeControlRepair.Repair(image.AsSpan(0, length), "cgroup.img", out _).Length <= length);
            }
            catch (MalformedImageException)
            {
                // As it should.
            }
        }
    }

    private static byte[] Cgroups(bool withControl)
    {
        var deep = Directory("deep.slice", withControl, "pids\n");
        var system = Directory("system.slice", withControl, "memory pids\n", deep, Directory("cron.service", withControl, ""));
        var root = Directory("lxc.payload.web", withControl, "memory pids\n", Directory("init.scope", withControl, "\n"), system);
        var controller = new ProtobufWriter().Text(1, "").Message(2, root).Boolean(3, false);
        var all = new ProtobufWriter().Message(1, new ProtobufWriter().Number(1, 5)).Message(2, controller);
        return new ImageWriter(ImageMagic.Cgroup).Entry(all).Written.ToArray();
    }

    private static ProtobufWriter Directory(string name, bool withControl, string control, params ProtobufWriter[] children)
    {
        var directory = new ProtobufWriter().Text(1, name);
        foreach (var child in children)
            directory.Message(2, child);
        directory.Message(3, new ProtobufWriter().Text(1, "cgroup.max.depth").Text(2, "max\n"));
        if (withControl)
            directory.Message(3, new ProtobufWriter().Text(1, "cgroup.subtree_control").Text(2, control));
        return directory.Message(4, new ProtobufWriter().Number(1, 0x1ed));
    }

    private static byte[] Mounts(params (uint Id, string Root, uint Shared, uint? Master)[] mounts)
    {
        var image = new ImageWriter(ImageMagic.Mounts);
        foreach (var (id, root, shared, master) in mounts)
        {
            var mount = new ProtobufWriter().Number(1, 1).Number(2, id).Number(3, 49).Number(4, 0).Number(5, 0).Text(6, root).Text(7, "/m");
            mount.Text(8, "tmpfs").Text(9, "");
            mount.Number(10, shared);
            if (master is { } group)
                mount.Number(11, group);
            image.Entry(mount.Number(12, 1));
        }

        return image.Written.ToArray();
    }

    private static byte[] Watches(bool withHandles)
    {
        var inotify = new ProtobufWriter().Number(1, 7).Number(2, 2048);
        foreach (var watch in (uint[])[3, 2, 1])
        {
            var handle = new ProtobufWriter().Number(1, 8).Number(2, 1);
            if (watch == 2)
                handle.Text(4, "/run/watched");
            if (watch == 2 || withHandles)
                inotify.Message(5, new ProtobufWriter().Number(1, 0).Number(6, watch).Message(7, handle));
        }

        return new ImageWriter(ImageMagic.Files)
            .Entry(new ProtobufWriter().Number(1, 1).Number(2, 6).Message(3, new ProtobufWriter().Text(9, "/etc/passwd")))
            .Entry(new ProtobufWriter().Number(1, 9).Number(2, 7).Message(13, inotify)).Written.ToArray();
    }
}
