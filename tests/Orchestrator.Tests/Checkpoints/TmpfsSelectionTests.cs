using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Parts.Tmpfs;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public class TmpfsSelectionTests
{
    [Fact]
    public void PrivateOnesAreChosenWithEveryPlaceWhereTheyAreMounted()
    {
        var (chosen, left) = TmpfsSelection.Choose(With(Tmpfs(80, "/dev", 40), Tmpfs(81, "/run", 41), Tmpfs(82, "/srv/run", 41)), []);
        Assert.Equal(["lxcnative-tmpfs-80", "lxcnative-tmpfs-81"], chosen.Select(one => one.Key));
        Assert.Equal([new MountPlace("/run", "rw,nosuid"), new MountPlace("/srv/run", "rw,nosuid")], chosen[1].Places);
        Assert.Equal("rw,size=492k,mode=755", chosen[0].SuperOptions);
        Assert.Empty(left);
    }

    [Fact]
    public void WhatIsNotPrivateOrNotWholeIsNone() =>
        Assert.Empty(TmpfsSelection.Choose(
            With(
                Tmpfs(80, "/dev", 40) with { Kind = ContainerMountKind.External, HostPath = "/dev" },
                Tmpfs(81, "/proc/sys/kernel/random/boot_id", 41, root: "/.lxc-boot-id")),
            []).Chosen);

    [Theory]
    [InlineData("/dev/a[0]", "rw", "criu's options cannot carry")]
    [InlineData("/dev", "rw,usrquota", "usrquota")]
    public void WhatCannotBeMountedAgainIsLeftToCriu(string point, string options, string why)
    {
        var (chosen, left) = TmpfsSelection.Choose(With(Tmpfs(80, point, 40, options: options)), []);
        Assert.Empty(chosen);
        Assert.Contains(why, Assert.Single(left).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void OneThatSomethingIsMountedOverIsLeftToCriu() =>
        Assert.Contains("more than one",
            Assert.Single(TmpfsSelection.Choose(With(Tmpfs(80, "/dev", 40), SampleContainer.Mount(81, "/dev", "sysfs", ContainerMountKind.Internal, null)),
            []).Left).Why, StringComparison.Ordinal);

    [Fact]
    public void ANestedNamespaceMayShowTheSameButNotSomethingElseThere()
    {
        var mount = Tmpfs(80, "/run", 40);
        Assert.Empty(TmpfsSelection.Choose(With(mount), [[mount.Entry]]).Left);
        Assert.Contains("something else", Assert.Single(TmpfsSelection.Choose(With(mount), [[Tmpfs(90, "/run", 47).Entry]]).Left).Why,
            StringComparison.Ordinal);
    }

    [Fact]
    public void UserNamespacesAreLeftToCriu()
    {
        var container = With(Tmpfs(80, "/dev", 40)) with { Namespaces = [new ContainerNamespace(NamespaceKind.User, 4026532999, false)] };
        Assert.Contains("user namespace", Assert.Single(TmpfsSelection.Choose(container, []).Left).Why, StringComparison.Ordinal);
    }

    private static Container With(params ContainerMount[] mounts)
    {
        var sample = SampleContainer.Make();
        return sample with { Mounts = [.. sample.Mounts, .. mounts] };
    }

    private static ContainerMount Tmpfs(int id, string point, uint minor, string root = "/", string options = "rw,size=492k,mode=755") =>
        new(new MountEntry
        {
            Id = id,
            ParentId = 1,
            Major = 0,
            Minor = minor,
            Root = root,
            MountPoint = point,
            Options = "rw,nosuid",
            FileSystemType = "tmpfs",
            Source = "none",
            SuperOptions = options
        }, ContainerMountKind.Internal);
}
