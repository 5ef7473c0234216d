using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Testing;

namespace LxcNative.Native.Tests.Cgroups;

public class CgroupNamespaceRootTests
{
    [Theory]
    [InlineData("/lxc.payload.t", "/", "/lxc.payload.t")]
    [InlineData("/lxc.payload.t/init.scope", "/init.scope", "/lxc.payload.t")]
    [InlineData("/a/a/a", "/a", "/a/a")]
    [InlineData("/init.scope", "/init.scope", "/")]
    [InlineData("/x/..data", "/..data", "/x")]
    // The command in a namespace of its own, beside the container's.
    [InlineData("/../lxc.payload.t/init.scope", "/init.scope", "/../lxc.payload.t")]
    // The process was moved out of what it was given.
    [InlineData("/other", "/../other", "/other")]
    [InlineData("/", "/..", "/")]
    // It moved between the two looks.
    [InlineData("/lxc.payload.t/b", "/a", "/lxc.payload.t/b")]
    public void TheRootIsWhatIsInFrontOfThePathInside(string outside, string inside, string root)
    {
        var found = CgroupNamespaceRoot.Of(CgroupMembership.Parse($"9:name=systemd:/s\n1:cpu:{outside}\n0::/u\n"),
            CgroupMembership.Parse($"9:name=systemd:/\n1:cpu:{inside}\n0::/\n"));
        Assert.Equal(["/s", root, "/u"], found.Entries.Select(entry => entry.Path));
    }

    [Fact]
    public void ARemovedCgroupIsBelowARootThatIsThere()
    {
        var found = Assert.Single(CgroupNamespaceRoot.Of(CgroupMembership.Parse("0::/t/gone (deleted)\n"),
            CgroupMembership.Parse("0::/gone (deleted)\n")).Entries);
        Assert.Equal(("/t", false), (found.Path, found.IsDeleted));
    }

    [Fact]
    public void AProcessThatMovedItselfBelowIsToldTheRootThatItWasGiven()
    {
        Requirement.Root();
        Requirement.Feature("cgroup2", CgroupMembership.Read(Environment.ProcessId).Unified is { } own && CgroupHierarchies.ReadSelf()
            .Directory(own) is not null, "needs a version 2 hierarchy");
        var hierarchies = CgroupHierarchies.ReadSelf();
        var parent = CgroupMembership.Read(Environment.ProcessId).Unified!;
        var name = $"lxcnative-test-{Guid.NewGuid():N}";
        var given = new CgroupDirectory($"{hierarchies.Directory(parent)!.TrimEnd('/')}/{name}");
        given.Create();
        try
        {
            new CgroupDirectory(given.Path + "/init.scope").Create();
            using var program = TestProgram.Start(Requirement.Tool("sh"),
                ["sh", "-c",
                    $"echo $$ >'{given.Path}/cgroup.procs' && exec unshare -C sh -c 'echo $$ >{given.Path}/init.scope/cgroup.procs && echo ready && exec "
                    + "sleep 1000'"]);
            Assert.Equal("ready", program.ReadLine());
            var expected = CgroupMembership.Read(program.Pid).Unified!.Path;
            Assert.EndsWith($"/{name}/init.scope", expected, StringComparison.Ordinal);
            Assert.Equal(expected[..^"/init.scope".Length], CgroupNamespaceRoot.Read(program.Pid).Unified!.Path);
            // The reader's own thread is where it was.
            Assert.Equal(parent.Path, CgroupMembership.Read(Environment.ProcessId).Unified!.Path);
        }
        finally
        {
            given.RemoveTree();
        }
    }

    [Fact]
    public void AProcessThatIsNotThereIsSaidSo() =>
        Assert.Equal(Errno.ENOENT, Assert.Throws<SyscallException>(() => CgroupNamespaceRoot.Read(int.MaxValue)).Errno);
}
