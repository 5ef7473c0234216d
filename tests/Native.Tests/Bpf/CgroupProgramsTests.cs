using System.Diagnostics;
using LxcNative.Native.Bpf;
using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Testing;

namespace LxcNative.Native.Tests.Bpf;

/// <summary>Programs of real cgroups; what they permit is seen by processes in them.</summary>
public sealed class CgroupProgramsTests : IDisposable
{
    private const uint CgroupDevice = 15;
    private readonly List<string> _made = [];

    // r2 = major; if r2 != 1 goto deny; r2 = minor; if r2 != 3 goto deny; r0 = 1; exit; deny: r0 = 0; exit (struct bpf_cgroup_dev_ctx).
    private static readonly byte[] NullAlone = Convert.FromHexString(
        "6112040000000000" + "5502040001000000" + "6112080000000000" + "5502020003000000" + "b700000001000000" + "9500000000000000" + "b700000000000000"
            + "9500000000000000");

    public void Dispose() => _made.ForEach(directory => new CgroupDirectory(directory).RemoveTree());

    [Fact]
    public void AProgramIsReadAndLoadedAgain()
    {
        var first = MakeCgroup();
        Assert.Equal("/dev/null /dev/zero", Opened(first));
        var original = new BpfProgram(CgroupDevice, true, NullAlone);
        Attach(first, original, 0);
        Assert.Equal("/dev/null", Opened(first));

        var there = Query(first);
        var read = BpfProgram.Read(Assert.Single(there.Ids))!;
        Assert.Equal((CgroupDevice, true, true), (read.Type, read.IsGpl, read.IsSelfContained));
        Assert.Equal(NullAlone, read.Instructions);
        Assert.Equal(0u, there.Flags);

        var second = MakeCgroup();
        Attach(second, read, there.Flags);
        Assert.Equal("/dev/null", Opened(second));
        Assert.Equal(NullAlone, BpfProgram.Read(Assert.Single(Query(second).Ids))!.Instructions);
    }

    [Fact]
    public void ManyAreToldInTheirOrder()
    {
        var cgroup = MakeCgroup();
        Assert.Empty(Query(cgroup).Ids);
        // Different ones: r0 = 1 and then as much as tells them apart.
        var programs = Enumerable.Range(1, 3)
            .Select(number => new BpfProgram(CgroupDevice, false, Convert.FromHexString($"b7010000{number:x2}000000b7000000010000009500000000000000")))
            .ToList();
        foreach (var program in programs)
            Attach(cgroup, program, 2);
        var there = Query(cgroup);
        Assert.Equal(2u, there.Flags);
        Assert.Equal(programs.Select(program => Convert.ToHexString(program.Instructions)),
            there.Ids.Select(id => Convert.ToHexString(BpfProgram.Read(id)!.Instructions)));
        Assert.All(there.Ids, id => Assert.False(BpfProgram.Read(id)!.IsGpl));
    }

    [Fact]
    public void ARuleIsAskedBeforeTheProgramInWhosePlaceItComes()
    {
        foreach (var flags in (uint[])[0, CgroupPrograms.AmongOthers])
        {
            var cgroup = MakeCgroup();
            Attach(cgroup, new BpfProgram(CgroupDevice, true, NullAlone), flags);
            Assert.Equal("/dev/null", Opened(cgroup));
            // A permission to write alone, one for other numbers, and one for block devices say nothing of who reads.
            Make(cgroup, new DeviceRule('c', 1, 5, "w", true));
            Make(cgroup, new DeviceRule('c', 2, 5, "r", true));
            Make(cgroup, new DeviceRule('c', 1, 6, "r", true));
            Make(cgroup, new DeviceRule('b', 1, 5, "r", true));
            Assert.Equal("/dev/null", Opened(cgroup));
            Make(cgroup, new DeviceRule('c', 1, 5, "rm", true));
            Assert.Equal("/dev/null /dev/zero", Opened(cgroup));
            Make(cgroup, new DeviceRule('c', 1, -1, "m", false));
            Assert.Equal("/dev/null /dev/zero", Opened(cgroup));
            Make(cgroup, new DeviceRule('c', -1, -1, "rw", false));
            Assert.Equal("", Opened(cgroup));
            Make(cgroup, new DeviceRule('c', -1, 3, "rwm", true));
            Assert.Equal("/dev/null", Opened(cgroup));
            Make(cgroup, new DeviceRule('a', -1, -1, "rwm", true));
            Assert.Equal("/dev/null /dev/zero", Opened(cgroup));
            Assert.Equal(flags, Query(cgroup).Flags);
            Assert.True(BpfProgram.Read(Assert.Single(Query(cgroup).Ids))!.IsSelfContained);
        }
    }

    [Fact]
    public void WhatTheVerifierSaysIsTold()
    {
        Requirement.Root();
        var refused = Assert.Throws<SyscallException>(() => new BpfProgram(CgroupDevice, true, Convert.FromHexString("9500000000000000")).Load());
        Assert.Contains("R0 !read_ok", refused.Message, StringComparison.Ordinal);
        Assert.Null(BpfProgram.Read(uint.MaxValue - 1));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("b7000000", false)]
    [InlineData("b7000000010000009500000000000000", true)]
    // A helper, a map, a wide constant, and the second half of one that looks like a call.
    [InlineData("850000000e0000009500000000000000", false)]
    [InlineData("18110000030000000000000000000000" + "9500000000000000", false)]
    [InlineData("18010000030000000000000000000000" + "9500000000000000", true)]
    [InlineData("18010000030000008500000000000000" + "9500000000000000", true)]
    public void ProgramsThatNeedOthersAreTold(string instructions, bool isSelfContained) =>
        Assert.Equal(isSelfContained, new BpfProgram(CgroupDevice, true, Convert.FromHexString(instructions)).IsSelfContained);

    private static CgroupPrograms Query(string directory)
    {
        using var cgroup = CgroupPrograms.TryOpen(directory)!;
        return CgroupPrograms.Query(cgroup, CgroupHook.Device);
    }

    private static void Attach(string directory, BpfProgram program, uint flags)
    {
        using var cgroup = CgroupPrograms.TryOpen(directory)!;
        using var loaded = program.Load();
        CgroupPrograms.Attach(cgroup, CgroupHook.Device, loaded, flags);
    }

    private static void Make(string directory, DeviceRule rule)
    {
        using var cgroup = CgroupPrograms.TryOpen(directory)!;
        var there = CgroupPrograms.Query(cgroup, CgroupHook.Device);
        using var replaced = BpfProgram.TryOpen(there.Ids[0])!;
        using var loaded = rule.Before(BpfProgram.Read(there.Ids[0])).Load();
        CgroupPrograms.Replace(cgroup, CgroupHook.Device, loaded, there.Flags, replaced);
    }

    private static string Opened(string cgroup)
    {
        var script = $"echo $$ >{cgroup}/cgroup.procs && for file in /dev/null /dev/zero; do (: <$file) 2>/dev/null && echo $file; done";
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var opened = shell.StandardOutput.ReadToEnd().Trim().Replace('\n', ' ');
        shell.WaitForExit();
        return opened;
    }

    private string MakeCgroup()
    {
        Requirement.Root();
        var mount = CgroupHierarchies.ReadSelf().Mounts.FirstOrDefault(mount => mount.FileSystemType == "cgroup2");
        Requirement.Feature("cgroup2", mount is not null, "no cgroup hierarchy of version 2 is mounted");
        var directory = $"{mount!.MountPoint}/lxn-bpf-{Environment.ProcessId}-{_made.Count}";
        new CgroupDirectory(directory).Create();
        _made.Add(directory);
        return directory;
    }
}
