using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Files;
using LxcNative.Native.Memory;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;

namespace LxcNative.Native.Tests.Criu;

/// <summary>What criu knows of the kernel, found out once and shown to a criu that probes nothing then.</summary>
[Collection("criu")]
public sealed class KerndatTests : IDisposable
{
    private static readonly string Own = LiveCriu.Search.RunDirectory!;
    private readonly CriuService _service = new(LiveCriu.Require());
    private readonly ImageFolder _images = new();

    public void Dispose() => _images.Dispose();

    [Fact]
    public void IsFoundOutOnce()
    {
        var first = Find();
        var second = Find();

        Assert.Equal(first.ToBytes(), second.ToBytes());
        Assert.Equal(first.IsOnHost, File.Exists("/run/criu.kdat"));
        if (!first.IsOnHost)
            Assert.Contains(Directory.GetFiles($"{Own}/criu"), file => File.ReadAllBytes(file).AsSpan().SequenceEqual(first.ToBytes()));
    }

    [Fact]
    public void AnotherFileIsAnotherCriu()
    {
        // Same content, other inode: the key must not be the path.
        var other = _images.File("criu");
        File.Copy(_service.Installation.CriuPath, other);
        var before = Kept();

        var kerndat = CriuKerndat.Find(_service.Installation with { CriuPath = other })!;

        if (!kerndat.IsOnHost)
            Assert.Single(Kept().Except(before));
        foreach (var added in Kept().Except(before))
            File.Delete(added);
    }

    [Fact]
    public void CriuThatSeesItProbesNothing()
    {
        using var child = SleepingChild.Start();
        var kerndat = CriuKerndat.FromBytes(Find().ToBytes());
        using var options = _images.Options(_service);
        options.Pid = child.Pid;
        options.LeaveRunning = true;
        options.Worker = WithPrivateRun(() =>
        {
            kerndat.Show();
            return CriuWorker.Start(_service.Installation);
        });

        _service.Dump(options);

        Assert.Contains("Loaded kdat cache from /run/criu.kdat", File.ReadAllText(_images.File("dump.log")), StringComparison.Ordinal);
    }

    [Fact]
    public void ShownAmongEverythingThatWasInRun()
    {
        var kerndat = CriuKerndat.FromBytes([1, 2, 3], Own);
        var name = $"{Own}/test-{Guid.NewGuid():N}";
        Directory.CreateDirectory(Own);
        var host = Names();

        var shown = WithPrivateRun(() =>
        {
            kerndat.Show();
            Assert.Equal([1, 2, 3], File.ReadAllBytes("/run/criu.kdat"));
            // What is made in the library's own directory is the host's too, everything else is this thread's.
            File.WriteAllText(name, "");
            File.WriteAllText("/run/of-this-thread", "");
            return Names();
        });

        Assert.Equal(host.Append("of-this-thread").Append(Path.GetFileName(Own)).Distinct().Order(StringComparer.Ordinal), shown);
        Assert.True(File.Exists(name));
        Assert.False(File.Exists("/run/of-this-thread"));
        File.Delete(name);
    }

    [Fact]
    public void CriuInsideOfTheNetworkDumpsNothingOfItAndRestoresIntoItsOwn()
    {
        var kerndat = Find();
        // Both in one mount namespace, which is none of the test's business.
        var (child, worker) = WithPrivateRun(() =>
        {
            kerndat.Show();
            var sleeping = SleepingChild.StartInOwnNetwork();
            using var network = Namespace.Open(sleeping.Pid, NamespaceKind.Net);
            Namespace.Enter(network);
            return (sleeping, CriuWorker.Start(_service.Installation));
        });
        using var dumped = child;
        var moments = new List<string>();
        using (var options = _images.Options(_service))
        {
            options.Pid = child.Pid;
            options.Worker = worker;
            _service.Dump(options, notification => moments.Add(notification.Text));
        }

        child.Wait();
        Assert.Equal(["pre-dump", "query-ext-files", "post-dump"], moments);
        Assert.Empty(Directory.EnumerateFiles(_images.Path, "netns-*.img"));

        using var restore = _images.Options(_service, "restore.log");
        using var restored = SleepingChild.Adopt(_service.RestoreChild(restore).Pid);
        Assert.Equal(NamespaceId.ReadSelf(NamespaceKind.Net), NamespaceId.Read(restored.Pid, NamespaceKind.Net));
    }

    [Fact]
    public void ToldOfNotedWritesItLeavesOutWhatEarlierImagesHave()
    {
        using var child = SleepingChild.Start();
        var told = Find().WithDirtyTracking()!;
        Directory.CreateDirectory(_images.File("earlier"));
        File.WriteAllBytes(_images.File("earlier/inventory.img"), ParentImages.InventoryAt(TimeSpan.FromHours(1e6)));
        File.WriteAllBytes(_images.File($"earlier/pagemap-{child.Pid}.img"), ParentImages.PagemapOf(1));
        File.WriteAllBytes(_images.File("earlier/pages-1.img"), []);
        SoftDirty.Reset(child.Pid);
        using var options = _images.Options(_service);
        (options.Pid, options.LeaveRunning, options.TrackMemory, options.ParentImages) = (child.Pid, true, true, "earlier");
        options.Worker = WithPrivateRun(() =>
        {
            told.Show();
            return CriuWorker.Start(_service.Installation);
        });

        _service.Dump(options);

        var entries = Entries(_images.File($"pagemap-{child.Pid}.img"));
        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.True(entry.IsInParent && !entry.IsHere));
        Assert.Equal(0, new FileInfo(_images.File("pages-1.img")).Length);
    }

    [Fact]
    public void WhatHasNoSuchPlaceIsNotChanged()
    {
        Assert.Null(CriuKerndat.FromBytes(new byte[32]).WithDirtyTracking());
        Assert.Null(CriuKerndat.FromBytes([.. Enumerable.Repeat((byte)2, 100)]).WithDirtyTracking());
        Assert.Equal(1, CriuKerndat.FromBytes(new byte[33]).WithDirtyTracking()!.ToBytes()[32]);
    }

    private static List<PagemapEntry> Entries(string file)
    {
        var image = new ImageEntries(File.ReadAllBytes(file), ImageMagic.Pagemap, file);
        Assert.True(image.Next());
        Assert.Equal(1U, PagemapEntry.ParseHead(image.Message));
        var entries = new List<PagemapEntry>();
        while (image.Next())
            entries.Add(PagemapEntry.Parse(image.Message));
        return entries;
    }

    private CriuKerndat Find()
    {
        using var worker = CriuWorker.Start(_service.Installation);
        worker.Warm();
        return CriuKerndat.Find(_service.Installation)!;
    }

    private static T WithPrivateRun<T>(Func<T> body) => NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
    {
        Mount.SetPropagation("/", Propagation.Private, recursive: true);
        return body();
    });

    private static List<string> Kept() => Directory.Exists($"{Own}/criu") ? [.. Directory.GetFiles($"{Own}/criu")] : [];

    private static List<string> Names() => [.. DirectoryListing.Read("/run").Select(entry => entry.Name)
        .Where(name => !name.StartsWith("criu.kdat", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
