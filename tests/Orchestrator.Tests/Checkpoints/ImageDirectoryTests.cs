using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public sealed class ImageDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void ANewDirectoryIsMadeForRootAlone()
    {
        using var images = ImageDirectory.Create(_place["new/deep"]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(images.Path));
    }

    [Theory]
    [InlineData("slash/")]
    [InlineData("a/../b")]
    [InlineData("./new//deep/")]
    public void NamesMayBeWrittenInAnyWay(string name)
    {
        ImageDirectory.Create(_place[name]).Dispose();

        Assert.True(Directory.Exists(_place[name]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_place[name]));
    }

    [Fact]
    public void DirectoriesAreInDifferentPartsOfTheDisk()
    {
        Assert.SkipUnless(StatFs.Read(_place.Path).Type == FileSystemMagic.Ext4, "temporary files are not on ext4");
        string[] names = [.. Enumerable.Range(0, 8).Select(number => $"images-{number}")];
        foreach (var name in names)
            ImageDirectory.Create(_place[name]).Dispose();

        // ext4's default: 8192 inodes in a group. Ordinary directories share their parent's while there is room.
        var groups = names.Select(name => FileStatus.Read(_place[name]).Inode / 8192).Distinct().Count();
        Assert.InRange(groups, 2, names.Length);
        Assert.Equal(names, Directory.EnumerateFileSystemEntries(_place.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        using var directory = FileOpen.Open(_place[names[0]], OpenFlags.ReadOnly | OpenFlags.Directory);
        Assert.Equal(InodeFlags.None, InodeFlagsCall.Read(directory) & InodeFlags.TopOfDirectories);
    }

    [Fact]
    public void ADirectoryThatIsNotEmptyIsRefused()
    {
        File.WriteAllText(_place["something"], "");

        Assert.Contains("not empty", Refusal(_place.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckpointIsNotOverwritten()
    {
        File.WriteAllText(_place[CheckpointManifest.FileName], "{}");

        Assert.Contains("already holds a checkpoint", Refusal(_place.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("link/")]
    public void ASymbolicLinkIsRefused(string name)
    {
        Directory.CreateDirectory(_place["real"]);
        File.CreateSymbolicLink(_place["link"], _place["real"]);

        Assert.Contains("symbolic link", Refusal(_place[name]), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileIsRefused()
    {
        File.WriteAllText(_place["file"], "");

        Assert.Contains("not a directory", Refusal(_place["file"]), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAFailedCheckpointWroteIsRemovedButItsLog()
    {
        using var images = ImageDirectory.Create(_place["images"]);
        images.Write("core-1.img", "x");
        images.Write("dump.log", "why");

        images.Discard(keepLog: "dump.log");

        Assert.Equal(["dump.log"], images.Files().Select(file => file.Name));
    }

    [Fact]
    public void ARefusedCheckpointLeavesNoDirectory()
    {
        using var images = ImageDirectory.Create(_place["images"]);

        images.Discard(keepLog: null);

        Assert.False(Directory.Exists(images.Path));
    }

    private static string Refusal(string path) => Assert.Throws<RefusedException>(() => ImageDirectory.Create(path)).Message;
}
