using System.Globalization;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Restores;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Restores;

/// <summary>Reading images ahead, with fincore(1) as the witness of what is in memory.</summary>
public sealed class ImagePrefetchTests : IDisposable
{
    private readonly TemporaryDirectory _images = new();

    public void Dispose() => _images.Dispose();

    [Fact]
    public async Task SmallImagesAreInMemoryAfterwards()
    {
        ImageFile[] files = [Evicted("core-1.img", 5000), Evicted("mm-1.img", 300_000), Evicted("pages-1.img", 900_000)];
        Assert.All(files, file => Assert.Equal(0, BytesInMemory(file)));
        using var prefetch = ImagePrefetch.Start(_images.Path, files);
        await prefetch.Completion;
        // All is asked for; the device may still be at it.
        for (var wait = 0; wait < 3000 && files.Any(file => BytesInMemory(file) < file.Size); wait++)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.All(files, file => Assert.InRange(BytesInMemory(file), file.Size, long.MaxValue));
    }

    [Fact]
    public async Task WhatIsMissingIsLeftToCriu()
    {
        using var prefetch = ImagePrefetch.Start(_images.Path, [new ImageFile("gone.img", 1), new ImageFile("gone-too.img", 10_000_000)]);
        await prefetch.Completion;
    }

    private ImageFile Evicted(string name, int size)
    {
        File.WriteAllBytes(_images[name], new byte[size]);
        // count=0 with nocache: nothing is copied, and the file leaves the cache (coreutils manual, dd).
        TestProgram.Run("dd", "if=/dev/zero", $"of={_images[name]}", "count=0", "conv=notrunc,fsync", "status=none");
        TestProgram.Run("dd", $"of={_images[name]}", "oflag=nocache", "conv=notrunc,fdatasync", "count=0", "status=none");
        var file = new ImageFile(name, size);
        Assert.SkipUnless(BytesInMemory(file) == 0, "the file system of temporary files keeps them in memory");
        return file;
    }

    private long BytesInMemory(ImageFile file) =>
        long.Parse(TestProgram.Run(Requirement.Tool("fincore"), "--bytes", "--noheadings", "--output", "RES", _images[file.Name]),
            CultureInfo.InvariantCulture);
}
