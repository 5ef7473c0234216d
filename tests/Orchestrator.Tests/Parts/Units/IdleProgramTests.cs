using LxcNative.Native.Bpf;
using LxcNative.Native.Cgroups;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Units;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Units;

/// <summary>Programs that this process holds as systemd does, and a cgroup that has them or not.</summary>
public sealed class IdleProgramTests : IDisposable
{
    private const uint OfAddresses = 8, OfDevices = 15;
    private string? _cgroup;

    // r0 = 1; exit
    private static readonly byte[] s_yes = Convert.FromHexString("b7000000010000009500000000000000");

    public void Dispose()
    {
        if (_cgroup is { } directory)
            new CgroupDirectory(directory).RemoveTree();
    }

    [Fact]
    public void AProgramForAddressesThatNoCgroupHasIsIdle()
    {
        var own = MakeCgroup();
        using var directory = CgroupPrograms.TryOpen(own.Directory!)!;
        using var attached = new BpfProgram(OfAddresses, true, s_yes).Load();
        CgroupPrograms.Attach(directory, CgroupHook.InetEgress, attached, 2);
        using var ofDevices = new BpfProgram(OfDevices, true, s_yes).Load();
        Assert.Empty(IdlePrograms.Read(Environment.ProcessId, [own]));

        using var idle = new BpfProgram(OfAddresses, true, s_yes).Load();
        Assert.Single(IdlePrograms.Read(Environment.ProcessId, [own]));
        Assert.Empty(IdlePrograms.Read(Environment.ProcessId, [new ContainerCgroup(["devices"], own.Path, own.Directory)]));
    }

    private ContainerCgroup MakeCgroup()
    {
        Requirement.Root();
        var mount = CgroupHierarchies.ReadSelf().Mounts.FirstOrDefault(mount => mount.FileSystemType == "cgroup2");
        Requirement.Feature("cgroup2", mount is not null, "no cgroup hierarchy of version 2 is mounted");
        var path = $"/lxn-idle-{Environment.ProcessId}";
        _cgroup = mount!.MountPoint + path;
        new CgroupDirectory(_cgroup).Create();
        return new ContainerCgroup([], path, _cgroup);
    }
}
