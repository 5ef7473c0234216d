using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

/// <summary>What Fixtures/payload.c is, as criu 4.2.1 writes it.</summary>
public sealed class ImageReaderTests
{
    private static readonly string[] ImageNames =
        ["inventory.img", "mountpoints.img", "pstree.img", "netdev.img", "netns.img", "core-1.img", "core-2.img", "files.img", "stats-dump", "stats-restore"];

    public static TheoryData<string> Names => [.. ImageNames];

    [Fact]
    public void InventoryIsRead()
    {
        var inventory = Inventory.Read(FixtureImages.Path("inventory.img"));

        Assert.Equal(2u, inventory.ImageVersion);
        Assert.Equal(LsmType.None, inventory.Lsm);
        Assert.Equal(CriuNetworkLock.Skip, inventory.NetworkLock);
        Assert.Equal(36, inventory.DumpRunId!.Length);
        Assert.Equal(1u, inventory.RootCgroupSet);
        Assert.Empty(inventory.Plugins);
        Assert.Equal((1u, 6u, 2u), (inventory.RootIds!.Files, inventory.RootIds.MountNamespace, inventory.RootIds.NetNamespace));
        Assert.Equal(8u, inventory.RootIds.CgroupNamespace);
    }

    [Fact]
    public void MountsAreRead()
    {
        var mounts = MountImage.Read(FixtureImages.Path("mountpoints.img"));

        Assert.Equal(["/tmp", "/proc", "/"], mounts.Select(mount => mount.MountPoint));
        var (tmp, proc, root) = (mounts[0], mounts[1], mounts[2]);
        Assert.Equal(MountImageFileSystem.Tmpfs, tmp.FileSystem);
        Assert.Equal(("space name", "size=64k", "/"), (tmp.Source, tmp.Options, tmp.Root));
        Assert.Equal(16u, tmp.SharedId);
        Assert.Null(tmp.MasterId);
        Assert.Equal(2u, tmp.Flags & 2); // MS_NOSUID
        Assert.Equal(MountImageFileSystem.Proc, proc.FileSystem);
        Assert.Equal(root.MountId, proc.ParentMountId);
        Assert.Equal(0xEu, proc.Flags & 0xE); // MS_NOSUID | MS_NODEV | MS_NOEXEC
        Assert.Equal(MountImageFileSystem.Unsupported, root.FileSystem);
        Assert.EndsWith("/root", root.Root, StringComparison.Ordinal);
        Assert.All(mounts, mount => Assert.Null(mount.ExternalKey));
    }

    [Fact]
    public void TasksAreRead()
    {
        var tasks = ProcessTreeImage.Read(FixtureImages.Path("pstree.img"));

        Assert.Equal([(1u, 0u, 1u, 1u), (2u, 1u, 1u, 1u)], tasks.Select(task => (task.Pid, task.ParentPid, task.ProcessGroup, task.Session)));
        Assert.Equal([1u], tasks[0].Threads);
    }

    [Fact]
    public void LinksAreRead()
    {
        var links = NetDeviceImage.Read(FixtureImages.Path("netdev.img"));

        Assert.Equal([("lo", NetDeviceKind.Loopback, 1u, 65536u), ("eth0", NetDeviceKind.Veth, 2u, 1400u)],
            links.Select(link => (link.Name, link.Kind, link.Index, link.Mtu)));
        Assert.Equal([2, 0, 0, 0, 0, 0x0A], links[1].Address);
        Assert.NotNull(links[1].PeerIndex);
        Assert.Null(links[1].PeerNamespaceId);
        Assert.Equal(1u, links[0].Flags & 1); // IFF_UP
        Assert.Equal(0u, links[1].Flags & 1);
    }

    [Fact]
    public void NetNamespaceIsRead()
    {
        var content = NetNamespaceImage.Read(FixtureImages.Path("netns.img"));
        Assert.Null(content.ExternalKey);

        var external = new ImageWriter(ImageMagic.NetNamespace)
            .Entry(new ProtobufWriter().Message(7, new ProtobufWriter().Number(1, 12).Number(2, ulong.MaxValue)).Text(8, "outer")).Written;
        var parsed = NetNamespaceImage.Parse(external, "netns");
        Assert.Equal("outer", parsed.ExternalKey);
        Assert.Equal(-1, parsed.NamespaceIds[12]);
    }

    [Fact]
    public void CoreIsRead()
    {
        var init = CoreImage.Read(FixtureImages.Path("core-1.img"));
        var zombie = CoreImage.Read(FixtureImages.Path("core-2.img"));

        Assert.Equal(("payload", CoreTaskState.Alive, 9u, 0u), (init.Name, init.State, init.ParentDeathSignal, init.SeccompMode));
        Assert.Equal(1u, init.CgroupSet);
        Assert.Equal(("payload", CoreTaskState.Dead, 3u << 8), (zombie.Name, zombie.State, zombie.ExitCode));
    }

    [Fact]
    public void FilesAreRead()
    {
        var files = FilesImage.Read(FixtureImages.Path("files.img"));

        var data = files.Regular.Single(file => file.Name == "/data file");
        Assert.Equal((6u, 0x8402u, 0ul), (data.Id, data.Flags, data.Position)); // O_RDWR | O_APPEND | O_LARGEFILE
        Assert.Equal(0x81A0u, data.Mode); // S_IFREG | 0640
        Assert.Equal(81, data.MountId);
        Assert.False(data.IsExternal);
        Assert.Equal([(1u, 1ul, true), (7u, 1ul, true), (1u, 1ul, false), (1u, 0ul, false)],
            files.Timerfds.Select(timer => (timer.Clock, timer.Ticks, timer.IsExpiredPeriodic)));
        Assert.Equal((3599ul, 0ul), (files.Timerfds[3].ValueSeconds, files.Timerfds[3].IntervalSeconds));
        Assert.Equal(5_000_000ul, files.Timerfds[0].IntervalNanoseconds);
    }

    [Fact]
    public void StatisticsAreRead()
    {
        var dump = CriuStats.Read(FixtureImages.Path("stats-dump"));
        var restore = CriuStats.Read(FixtureImages.Path("stats-restore"));

        Assert.Null(dump.Restore);
        Assert.Equal((22ul, 15ul), (dump.Dump!.PagesScanned, dump.Dump.PagesWritten));
        Assert.True(dump.Dump.FrozenTime > dump.Dump.FreezingTime);
        Assert.Null(restore.Dump);
        Assert.Equal(15ul, restore.Restore!.PagesRestored);
        Assert.True(restore.Restore.RestoreTime > restore.Restore.ForkingTime);
    }

    [Fact]
    public void EveryFieldOfTheStatisticsHasItsPlace()
    {
        var fields = new ProtobufWriter();
        for (var field = 1; field <= 14; field++)
            fields.Number(field, (ulong)(100 + field));
        var image = new ImageWriter(ImageMagic.Statistics).Entry(new ProtobufWriter().Message(1, fields)).Written;

        Assert.Equal(
            new DumpStatistics
            {
                FreezingTime = 101,
                FrozenTime = 102,
                MemoryDumpTime = 103,
                MemoryWriteTime = 104,
                PagesScanned = 105,
                PagesSkippedParent = 106,
                PagesWritten = 107,
                IrmapResolve = 108,
                PagesLazy = 109,
                PagePipes = 110,
                PagePipeBuffers = 111,
                SharedPagesScanned = 112,
                SharedPagesSkippedParent = 113,
                SharedPagesWritten = 114,
            },
            CriuStats.Parse(image, "stats").Dump);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ImageOfAnotherKindIsRefused(string name)
    {
        var other = ImageNames.First(candidate => FixtureReaders.KindOf(candidate) != FixtureReaders.KindOf(name));

        var failure = Assert.Throws<MalformedImageException>(() => FixtureReaders.Read(name, FixtureImages.Bytes(other)));

        Assert.Equal(name, failure.File);
        Assert.Contains("magic number", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ImageCutOffAnywhereIsRefusedOrShorter(string name)
    {
        var image = FixtureImages.Bytes(name);
        for (var length = 0; length < image.Length; length++)
        {
            var cut = image[..length];
            var failure = Record.Exception(() => FixtureReaders.Read(name, cut));
            // Only between two entries does a shorter image make sense.
            Assert.True(failure is MalformedImageException || FixtureReaders.EndsBetweenEntries(name, cut), $"{name} cut to {length}: {failure}");
        }
    }

    [Fact]
    public void MissingFieldIsNamed()
    {
        var image = new ImageWriter(ImageMagic.ProcessTree).Entry(new ProtobufWriter().Number(1, 1).Number(2, 0).Number(4, 1)).Written.ToArray();

        var failure = Assert.Throws<MalformedImageException>(() => ProcessTreeImage.Parse(image, "pstree.img"));

        Assert.Equal("pstree.img at byte 12: pstree_entry has no field 3", failure.Message);
    }
}
