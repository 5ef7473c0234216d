using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Testing;

namespace LxcNative.Native.Tests.Namespaces;

public class NamespaceThreadTests
{
    [Theory]
    [InlineData(NamespaceKind.Net)]
    [InlineData(NamespaceKind.Mount)]
    [InlineData(NamespaceKind.Uts)]
    [InlineData(NamespaceKind.Ipc)]
    [InlineData(NamespaceKind.Cgroup)]
    public void NewNamespaceIsOfThatThreadOnlyAndCanBeEntered(NamespaceKind kind)
    {
        Requirement.Root();
        var before = NamespaceId.ReadSelf(kind);
        var (id, descriptor) = NamespaceThread.RunInNewNamespaces(kind, () => (NamespaceId.ReadSelf(kind), Namespace.OpenSelf(kind)));
        using (descriptor)
        {
            Assert.NotEqual(before, id);
            Assert.Equal(before, NamespaceId.ReadSelf(kind));
            Assert.Equal(id, NamespaceId.Read(descriptor));
            Assert.Equal(kind, Namespace.KindOf(descriptor));
            Assert.Equal(id, NamespaceThread.Run(() => NamespaceId.ReadSelf(kind), descriptor));
            Assert.Equal(before, NamespaceId.ReadSelf(kind));
            using var owner = Namespace.OpenOwner(descriptor);
            Assert.Equal(NamespaceId.ReadSelf(NamespaceKind.User), NamespaceId.Read(owner));
        }
    }

    [Fact]
    public void SeveralAreEnteredAtOnce()
    {
        Requirement.Root();
        const NamespaceKind both = NamespaceKind.Net | NamespaceKind.Mount;
        var (net, mount) = NamespaceThread.RunInNewNamespaces(both, () => (Namespace.OpenSelf(NamespaceKind.Net), Namespace.OpenSelf(NamespaceKind.Mount)));
        using (net)
        using (mount)
        {
            var inside = NamespaceThread.Run(() => (NamespaceId.ReadSelf(NamespaceKind.Net), NamespaceId.ReadSelf(NamespaceKind.Mount)), net, mount);
            Assert.Equal((NamespaceId.Read(net), NamespaceId.Read(mount)), inside);
        }
    }

    [Fact]
    public void ExceptionComesBackWithItsStack()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => NamespaceThread.Run(() => Thrower()));
        Assert.Contains(nameof(Thrower), exception.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void UserNamespaceIsRefusedWithAHint()
    {
        Requirement.Root();
        using var user = Namespace.OpenSelf(NamespaceKind.User);
        var exception = Assert.Throws<SyscallException>(() => NamespaceThread.Run(() => { }, user));
        Assert.Equal((Errno.EINVAL, "setns"), (exception.Errno, exception.Operation));
        Assert.Contains("one thread", exception.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void FileIsNotANamespace()
    {
        using var file = FileOpen.Open("/dev/null", OpenFlags.ReadOnly);
        Assert.Equal(Errno.ENOTTY, Assert.Throws<SyscallException>(() => Namespace.KindOf(file)).Errno);
        Assert.Throws<SyscallException>(() => NamespaceThread.Run(() => { }, file));
    }

    [Fact]
    public void IdIsTheInodeOfTheLink()
    {
        foreach (var kind in NamespaceKind.All)
        {
            Assert.Equal(0, Mono.Unix.Native.Syscall.stat($"/proc/{Environment.ProcessId}/ns/{kind.FileName}", out var stat));
            Assert.Equal(new NamespaceId(stat.st_dev, stat.st_ino), NamespaceId.Read(Environment.ProcessId, kind));
            Assert.Equal($"{kind.FileName}:[{stat.st_ino}]", SymbolicLink.Read($"/proc/self/ns/{kind.FileName}"));
        }
    }

    [Fact]
    public void MountTableIsThatOfTheThread()
    {
        Requirement.Root();
        var inside = NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, MountInfo.ReadSelf);
        var outside = MountInfo.ReadSelf();
        Assert.NotEmpty(inside);
        Assert.Empty(inside.Select(mount => mount.Id).Intersect(outside.Select(mount => mount.Id)));
    }

    private static void Thrower() => throw new InvalidOperationException("inside");
}
