using LxcNative.Native.Files;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Owners;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Owners;

/// <summary>The owners of a container's cgroups' files; a directory stands for the cgroup.</summary>
public sealed class CgroupFileOwnersTests : IDisposable
{
    private const uint First = 100_000;
    private const uint ReadAndWrite = 0x1b4, ReadOnly = 0x124;
    private readonly TemporaryDirectory _place = new();

    public CgroupFileOwnersTests()
    {
        Requirement.Root();
        Directory.CreateDirectory(Path.Combine(Cgroup, "init.scope"));
        foreach (var file in (string[])["cgroup.procs", "memory.max", "init.scope/cgroup.procs"])
            Give(Path.Combine(Cgroup, file), 0, 0, 0x1a4);
        Give(_place["victim"], 0, 0, 0x180);
    }

    private string Cgroup => _place["cgroup"];

    private IReadOnlyList<ContainerCgroup> Cgroups => [new([], "/lxc.payload.one", Cgroup)];

    public void Dispose() => _place.Dispose();

    [Fact]
    public void WhatIsNotRootsIsReadAndSetAgain()
    {
        Give(Path.Combine(Cgroup, "cgroup.procs"), 0, First, ReadAndWrite);
        Give(Path.Combine(Cgroup, "init.scope/cgroup.procs"), First + 1, First + 2, ReadOnly);
        var read = CgroupFileOwners.Read(Cgroups).OrderBy(one => one.Path, StringComparer.Ordinal).ToList();
        Assert.Equal(
            [
                new CgroupFileOwner(0, "cgroup.procs", 0, First, ReadAndWrite),
                new CgroupFileOwner(0, "init.scope/cgroup.procs", First + 1, First + 2, ReadOnly),
            ],
            read);

        var before = Owners();
        foreach (var file in (string[])["cgroup.procs", "init.scope/cgroup.procs"])
            Give(Path.Combine(Cgroup, file), 0, 0, 0x180);
        Assert.Empty(CgroupFileOwners.Set(State(read), Cgroups));
        Assert.Equal(before, Owners());
    }

    [Fact]
    public void NothingIsReadWhereThereIsNoDirectoryOrItIsTheHosts()
    {
        Give(Path.Combine(Cgroup, "cgroup.procs"), First, First, ReadAndWrite);
        Assert.Empty(CgroupFileOwners.Read([new([], "/", Cgroup), new(["memory"], "/lxc.payload.one", null)]));
        Assert.Equal(1, Assert.Single(CgroupFileOwners.Read([new([], "/", Cgroup), Cgroups[0]])).Hierarchy);
    }

    [Fact]
    public void WhatIsNotOfTheContainerIsLeftAlone()
    {
        var before = Owners();
        CgroupFileOwner[] hostile =
        [
            .. ((string[])[_place["victim"], "../victim", "init.scope/../../victim", "", ".", "./cgroup.procs", "init.scope//cgroup.procs", "init.scope/",
                "cgroup.procs\0", "cgroup.procs\0/x"]).Select(path => new CgroupFileOwner(0, path, First, First, ReadAndWrite)),
            .. ((int[])[-1, 1, 2, int.MinValue, int.MaxValue]).Select(other => new CgroupFileOwner(other, "cgroup.procs", First, First, ReadAndWrite)),
            .. ((uint[])[1, 1000, First - 1, First + 1000, uint.MaxValue]).SelectMany(id => (CgroupFileOwner[])
                [new(0, "cgroup.procs", id, First, ReadAndWrite), new(0, "cgroup.procs", First, id, ReadAndWrite)]),
        ];

        Assert.All(hostile, one => Assert.Empty(CgroupFileOwners.Set(State([one]), [Cgroups[0], new(["memory"], "/lxc.payload.one", null)])));
        Assert.Equal(before, Owners());
    }

    [Fact]
    public void BitsBeyondThePermissionsAreNotSet()
    {
        Assert.Empty(CgroupFileOwners.Set(State([new(0, "cgroup.procs", First, First, 0xfff)]), Cgroups));
        Assert.Equal(0x1ffu, FileStatus.Read(Path.Combine(Cgroup, "cgroup.procs")).Permissions);
    }

    [Fact]
    public void FilesThatAreMissingAreToldOnceAndTheRestIsSet()
    {
        string[] files = ["absent", "gone/cgroup.procs", "memory.max"];
        var told = CgroupFileOwners.Set(State([.. files.Select(path => new CgroupFileOwner(0, path, First, First, ReadOnly))]), Cgroups);
        Assert.StartsWith("2 files of cgroups are not the container's own, as they were: ", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal((First, First, ReadOnly), Owner(Path.Combine(Cgroup, "memory.max")));
    }

    private static OwnersState State(IReadOnlyList<CgroupFileOwner> files) =>
        new() { Users = [new IdRange(0, First, 1000)], Groups = [new IdRange(0, First, 1000)], Cgroups = files };

    private static void Give(string file, uint user, uint group, uint mode)
    {
        File.WriteAllText(file, "");
        FileOwner.Set(file, user, group);
        File.SetUnixFileMode(file, (UnixFileMode)mode);
    }

    private static (uint User, uint Group, uint Mode) Owner(string path)
    {
        var status = FileStatus.Read(path);
        return (status.UserId, status.GroupId, status.Permissions);
    }

    // Of everything in the place, directories too.
    private List<(string Path, (uint User, uint Group, uint Mode) Owner)> Owners() =>
        [.. Directory.EnumerateFileSystemEntries(_place.Path, "*", SearchOption.AllDirectories).Prepend(_place.Path).Order(StringComparer.Ordinal)
            .Select(path => (path, Owner(path)))];
}
