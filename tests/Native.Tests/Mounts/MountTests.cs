using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Testing;

namespace LxcNative.Native.Tests.Mounts;

public class MountTests
{
    [Fact]
    public void FileSystemIsMountedWithItsOptionsAndUnmounted() => InPrivateNamespace(directory =>
    {
        Mount.MountFileSystem("tmpfs", "a source", directory, MountFlags.NoSuid | MountFlags.NoDev, "size=64k,mode=0700");
        var mount = Find(directory)!;
        Assert.Equal(("tmpfs", "a source", "/", "rw,nosuid,nodev,relatime"), (mount.FileSystemType, mount.Source, mount.Root, mount.Options));
        Assert.Equal("64k", mount.SuperOptionValue("size"));
        Assert.Equal((FileSystemMagic.Tmpfs, 65536ul), (StatFs.Read(directory).Type, StatFs.Read(directory).TotalBytes));
        Mount.Unmount(directory);
        Assert.Null(Find(directory));
    });

    [Fact]
    public void BindIsMadeReadOnlyByARemountAlone() => InPrivateNamespace(directory =>
    {
        Mount.MountFileSystem("tmpfs", "none", directory);
        Directories.Create(directory + "/from dir", 0x1ff);
        Directories.Create(directory + "/to", 0x1ff);
        Mount.Bind(directory + "/from dir", directory + "/to");
        Assert.Equal("/from dir", Find(directory + "/to")!.Root);
        Assert.False(Find(directory + "/to")!.IsReadOnly);
        Mount.Remount(directory + "/to", MountFlags.Bind | MountFlags.ReadOnly | MountFlags.NoExec);
        Assert.Equal("ro,noexec,relatime", Find(directory + "/to")!.Options);
        Assert.False(Find(directory)!.IsReadOnly);
        Assert.Equal(Errno.EROFS, Assert.Throws<SyscallException>(() => Directories.Create(directory + "/to/x", 0x1ff)).Errno);
        Mount.Unmount(directory, UnmountFlags.Detach);
        Assert.Null(Find(directory));
    });

    [Fact]
    public void PropagationIsShownByMountInfo() => InPrivateNamespace(directory =>
    {
        Mount.MountFileSystem("tmpfs", "none", directory);
        Mount.SetPropagation(directory, Propagation.Shared);
        Assert.NotNull(Find(directory)!.SharedGroup);
        Directories.Create(directory + "/peer", 0x1ff);
        Mount.Bind(directory, directory + "/peer");
        Mount.SetPropagation(directory + "/peer", Propagation.Slave);
        Assert.Equal(Find(directory)!.SharedGroup, Find(directory + "/peer")!.MasterGroup);
        Mount.SetPropagation(directory, Propagation.Unbindable);
        Assert.True(Find(directory)!.Unbindable);
        Mount.SetPropagation(directory, Propagation.Private);
        Assert.Equal((null, false), (Find(directory)!.SharedGroup, Find(directory)!.Unbindable));
    });

    [Fact]
    public void DetachedCloneIsChangedBeforeItIsAttached() => InPrivateNamespace(directory =>
    {
        Mount.MountFileSystem("tmpfs", "none", directory);
        Directories.Create(directory + "/to", 0x1ff);
        using var clone = DetachedMount.Clone(directory);
        DetachedMount.SetAttributes(clone, MountAttributes.ReadOnly | MountAttributes.NoAtime, MountAttributes.AtimeMask, Propagation.Private);
        using (var place = FileOpen.DirectoryPlace(directory + "/to"))
            DetachedMount.Attach(clone, place);
        Assert.Equal("ro,noatime", Find(directory + "/to")!.Options);
        DetachedMount.SetAttributes(clone, MountAttributes.None, MountAttributes.ReadOnly);
        Assert.Equal("rw,noatime", Find(directory + "/to")!.Options);
        Directories.Create(directory + "/moved", 0x1ff);
        DetachedMount.Attach(clone, directory + "/moved");
        Assert.Null(Find(directory + "/to"));
        Assert.NotNull(Find(directory + "/moved"));
        Mount.Move(directory + "/moved", directory + "/to");
        Assert.NotNull(Find(directory + "/to"));
    });

    [Fact]
    public void ErrorNamesBothPathsAndTheHint() => InPrivateNamespace(directory =>
    {
        var bind = Assert.Throws<SyscallException>(() => Mount.Bind(directory + "/absent", directory));
        Assert.Equal(Errno.ENOENT, bind.Errno);
        Assert.StartsWith($"mount \"{directory}/absent\" -> \"{directory}\" flags 0x1000: ENOENT ", bind.Message, StringComparison.Ordinal);
        var remount = Assert.Throws<SyscallException>(() => Mount.Remount(directory, MountFlags.Bind | MountFlags.ReadOnly));
        Assert.EndsWith("(is it a mount point?)", remount.Message, StringComparison.Ordinal);
        Assert.Equal(Errno.EINVAL, Assert.Throws<SyscallException>(() => Mount.Unmount(directory)).Errno);
    });

    [Fact]
    public void StatFsAgreesWithTheOracle()
    {
        Assert.Equal(0, Mono.Unix.Native.Syscall.statvfs("/", out var oracle));
        using var root = FileOpen.DirectoryPlace("/");
        foreach (var mine in (StatFs[])[StatFs.Read("/"), StatFs.Read(root)])
        {
            Assert.Equal(oracle.f_blocks * oracle.f_frsize, mine.TotalBytes);
            Assert.Equal((oracle.f_bsize, (int)oracle.f_namemax), (mine.BlockSize, mine.NameLength));
            Assert.InRange(mine.AvailableBytes, 0ul, mine.FreeBytes);
        }

        Assert.Equal(FileSystemMagic.Proc, StatFs.Read("/proc").Type);
    }

    private static MountEntry? Find(string directory) => MountInfo.ReadSelf().LastOrDefault(mount => mount.MountPoint == directory);

    private static void InPrivateNamespace(Action<string> test)
    {
        Requirement.Root();
        var directory = Directory.CreateTempSubdirectory("lxcnative-mount-").FullName;
        try
        {
            NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
            {
                Mount.SetPropagation("/", Propagation.Private, recursive: true);
                test(directory);
            });
            Assert.Null(Find(directory));
        }
        finally
        {
            Directory.Delete(directory);
        }
    }
}
