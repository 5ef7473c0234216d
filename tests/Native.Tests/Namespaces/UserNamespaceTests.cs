using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using Mount = LxcNative.Native.Mounts.Mount;
using MountFlags = LxcNative.Native.Mounts.MountFlags;
using Syscall = Mono.Unix.Native.Syscall;

namespace LxcNative.Native.Tests.Namespaces;

public class UserNamespaceTests
{
    [Fact]
    public void OneIsMadeThatNobodyIsIn()
    {
        using var made = UserNamespace.Make([new IdRange(0, 100_000, 65_536)], [new IdRange(0, 200_000, 65_536)]);

        Assert.Equal(NamespaceKind.User, Namespace.KindOf(made));
        Assert.NotEqual(NamespaceId.ReadSelf(NamespaceKind.User), NamespaceId.Read(made));
    }

    [Fact]
    public void FilesAreShownAsItsRootsAndStayTheHosts()
    {
        var directory = Directory.CreateTempSubdirectory("lxn-t-");
        try
        {
            NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
            {
                Mount.SetPropagation("/", Propagation.Private, recursive: true);
                Mount.MountFileSystem("tmpfs", "lxn-t", directory.FullName, MountFlags.None, "mode=0700");
                var (own, shown) = (Path.Combine(directory.FullName, "own"), Path.Combine(directory.FullName, "shown"));
                PrivateDirectory.Create(own);
                PrivateDirectory.Create(shown);
                File.WriteAllText(Path.Combine(own, "file"), "");
                using var view = DetachedMount.Clone(own);
                using (var users = UserNamespace.Make([new IdRange(0, 100_000, 65_536)], [new IdRange(0, 200_000, 65_536)]))
                    DetachedMount.MapOwners(view, users);
                DetachedMount.Attach(view, shown);

                Assert.Equal((0u, 0u), Owner(Path.Combine(own, "file")));
                Assert.Equal((100_000u, 200_000u), Owner(Path.Combine(shown, "file")));
                return 0;
            });
        }
        finally
        {
            directory.Delete();
        }
    }

    [Fact]
    public void AMapThatTheKernelDoesNotTakeLeavesNobodyBehind()
    {
        Assert.Throws<SyscallException>(() => UserNamespace.Make([new IdRange(0, 0, 10), new IdRange(5, 100, 10)], [new IdRange(0, 0, 1)]));
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc/self/task").SelectMany(Children), IsInAnotherUserNamespace);
    }

    // Others of this program have children too, and tasks end meanwhile.
    private static string[] Children(string task)
    {
        try
        {
            return File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static bool IsInAnotherUserNamespace(string pid) =>
        new FileInfo($"/proc/{pid}/ns/user").LinkTarget is { } link && link != new FileInfo("/proc/self/ns/user").LinkTarget;

    private static (uint User, uint Group) Owner(string path)
    {
        Assert.Equal(0, Syscall.stat(path, out var status));
        return (status.st_uid, status.st_gid);
    }
}
