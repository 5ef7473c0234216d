using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preparation;
using LxcNative.Orchestrator.Preparation.Hosts;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preparation;

/// <summary>In a mount namespace of its own: the hierarchies are the machine's, the mounts are not.</summary>
public sealed class CgroupPreparationTests
{
    [Theory]
    [InlineData(CgroupLayoutWish.V2)]
    [InlineData(CgroupLayoutWish.V1)]
    [InlineData(CgroupLayoutWish.Hybrid)]
    public void WhatIsMissingIsMountedAndTakenAway(CgroupLayoutWish layout) => Isolated((place, records) =>
    {
        Requirement.Feature("cgroup-v1", layout == CgroupLayoutWish.V2 || ControllerTable.Parse(File.ReadAllText("/proc/cgroups"))
            .Any(one => one.Hierarchy != 0), "needs a kernel with version 1 controllers");
        var hierarchies = Mounts();
        // As at boot, before anything is mounted.
        foreach (var entry in MountInfo.ReadSelf().Where(entry => entry.FileSystemType is "cgroup" or "cgroup2").Reverse())
            Mount.Unmount(entry.MountPoint);
        Assert.Empty(Mounts());
        var before = File.ReadAllText("/proc/self/mountinfo");
        PreparationReport Run(PreparationAction action, bool dryRun = false) =>
            new CgroupPreparation(layout, $"{place}/cgroup/").Run(new PreparationOptions { Action = action, DryRun = dryRun, Records = records });

        Assert.False(Run(PreparationAction.Status).IsComplete);
        Run(PreparationAction.Apply, dryRun: true);
        Assert.Equal(before, File.ReadAllText("/proc/self/mountinfo"));
        Run(PreparationAction.Apply);
        Assert.True(Run(PreparationAction.Status).IsComplete);
        Assert.All(Run(PreparationAction.Apply).Items, item => Assert.Equal(PreparationState.InPlace, item.State));
        if (layout != CgroupLayoutWish.V1)
            Assert.Contains("cgroup2", Mounts().Select(entry => entry.FileSystemType));
        if (layout != CgroupLayoutWish.V2)
            Assert.All(hierarchies.Where(entry => entry.FileSystemType == "cgroup" && !entry.SuperOptions.Contains("name=", StringComparison.Ordinal)),
                entry => Assert.Contains(Mounts(), now => now.SuperOptions.Split(',').Order().SequenceEqual(entry.SuperOptions.Split(',').Order())));
        Run(PreparationAction.Undo);
        Assert.Equal(before, File.ReadAllText("/proc/self/mountinfo"));
        Assert.False(Directory.Exists($"{place}/cgroup"));
    });

    [Fact]
    public void TheVersion2HierarchyIsBoundWhereItIsMountedAlreadyAndKeepsItsOptions() => Isolated((place, records) =>
    {
        if (!Mounts().Any(entry => entry.FileSystemType == "cgroup2"))
        {
            Directory.CreateDirectory($"{place}/first");
            Mount.MountFileSystem("cgroup2", "cgroup2", $"{place}/first");
        }

        var before = Mounts().First(entry => entry.FileSystemType == "cgroup2");
        var preparation = new CgroupPreparation(CgroupLayoutWish.V2, $"{place}/again");
        preparation.Run(new PreparationOptions { Records = records });
        var after = Mounts().Where(entry => entry.FileSystemType == "cgroup2").ToList();
        Assert.Contains(after, entry => entry.MountPoint == $"{place}/again");
        Assert.All(after, entry => Assert.Equal(before.SuperOptions, entry.SuperOptions));
    });

    [Fact]
    public void OneHierarchyForAllIsRefusedWhereControllersAreBoundAndSaysWhere() => Isolated((place, records) =>
    {
        Requirement.Feature("cgroup-v1", Mounts().Any(entry => entry.FileSystemType == "cgroup" && entry.HasSuperOption("cpu")),
            "needs a machine with version 1 controllers mounted");
        var refusal = Assert.Throws<RefusedException>(() => new CgroupPreparation(CgroupLayoutWish.Legacy, $"{place}/cgroup")
            .Run(new PreparationOptions { Records = records }));
        Assert.Contains($"cpu ({Mounts().First(entry => entry.HasSuperOption("cpu")).MountPoint})", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"{place}/cgroup"));
    });

    [Fact]
    public void WithoutALayoutWhatIsThereStaysAndVersion2ComesWhereNothingIs() => Isolated((place, records) =>
    {
        PreparationReport Run() =>
            new CgroupPreparation(null, $"{place}/cgroup").Run(new PreparationOptions { Action = PreparationAction.Apply, Records = records });
        var before = File.ReadAllText("/proc/self/mountinfo");
        var there = Mounts();
        Assert.SkipWhen(there.Count == 0, "no cgroup is mounted here");
        Assert.Equal(there.Count, Run().Items.Count);
        Assert.Equal(before, File.ReadAllText("/proc/self/mountinfo"));
        foreach (var entry in MountInfo.ReadSelf().Where(entry => entry.FileSystemType is "cgroup" or "cgroup2").Reverse())
            Mount.Unmount(entry.MountPoint);
        Run();
        Assert.Equal("cgroup2", Assert.Single(Mounts()).FileSystemType);
    });

    [Fact]
    public void WhatIsMountedIsNotHidden()
    {
        var mounts =
            MountInfo.Parse(
                "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n41 31 0:38 / "
                + "/sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
        Assert.Contains("/sys/fs/cgroup/cpu", new CgroupMountPlan("/sys/fs/cgroup", mounts, []).V2("/sys/fs/cgroup").Obstacle, StringComparison.Ordinal);
        Assert.Null(new CgroupMountPlan("/sys/fs/cgroup", mounts, []).V2("/sys/fs/cgroup/unified").Obstacle);
    }

    [Fact]
    public void OneHierarchyForAllIsMountedWhereNoneIsBound()
    {
        var plan = new CgroupMountPlan("/cgroup", [], [("cpu", 0), ("memory", 0)]).Legacy();
        Assert.Equal((false, null, "c", "cgroup", null), (plan.IsThere, plan.Obstacle, plan.Source, plan.Type, plan.Data));
    }

    [Fact]
    public void WhatIsBoundTogetherCannotBeMountedApart()
    {
        var plan = new CgroupMountPlan("/c", [], [("cpu", 3), ("cpuacct", 3), ("pids", 4)]).V1();
        Assert.Contains("together with cpuacct", plan.Single(one => one.Data == "cpu").Obstacle, StringComparison.Ordinal);
        Assert.Null(plan.Single(one => one.Data == "pids").Obstacle);
    }

    [Theory]
    [InlineData("#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t2\t7\t1\nhugetlb\t0\t1\t0\nmemory\t0\t9\t1\n", "cpuset 2, memory 0")]
    [InlineData("", "")]
    [InlineData("cpuset\tx\t7\t1\nshort\t1\n", "")]
    public void ControllersAreRead(string text, string expected) =>
        Assert.Equal(expected, string.Join(", ", ControllerTable.Parse(text).Select(one => $"{one.Name} {one.Hierarchy}")));

    private static List<MountEntry> Mounts() => [.. MountInfo.ReadSelf().Where(entry => entry.FileSystemType is "cgroup" or "cgroup2")];

    private static void Isolated(Action<string, string> body)
    {
        Requirement.Root();
        using var place = new TemporaryDirectory();
        using var records = new TemporaryDirectory();
        NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
        {
            Mount.SetPropagation("/", Propagation.Private, recursive: true);
            body(place.Path, records.Path);
        });
    }
}
