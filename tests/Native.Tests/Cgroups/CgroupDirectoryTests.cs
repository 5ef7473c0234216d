using LxcNative.Native.Cgroups;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Testing;

namespace LxcNative.Native.Tests.Cgroups;

public class CgroupDirectoryTests
{
    public static TheoryData<string> Hierarchies =>
        [.. CgroupMembership.Read(Environment.ProcessId).Entries.Select(entry => entry.IsUnified ? "unified" : entry.Name
            ?? string.Join(',', entry.Controllers))];

    [Theory]
    [MemberData(nameof(Hierarchies))]
    public void ProcessesOfAllLevelsAreFoundAndTheTreeIsRemoved(string name)
    {
        Requirement.Root();
        var root = Root(name);
        var cgroup = new CgroupDirectory($"{root.TrimEnd('/')}/lxcnative-test-{Guid.NewGuid():N}");
        Assert.False(cgroup.Exists);
        using var program = TestProgram.Start("/bin/sleep", ["sleep", "1000"]);
        using var other = TestProgram.Start("/bin/sleep", ["sleep", "1000"]);
        try
        {
            Create(cgroup);
            Assert.True(cgroup.Exists);
            Assert.Empty(cgroup.Processes());
            var inner = new CgroupDirectory(cgroup.Path + "/a");
            Create(inner);
            var innermost = new CgroupDirectory(inner.Path + "/b c");
            Create(innermost);
            Assert.Equal(inner, Assert.Single(cgroup.Children()));
            cgroup.AddProcess(program.Pid);
            innermost.AddProcess(other.Pid);
            Assert.Equal([.. ((int[])[program.Pid, other.Pid]).Order()], cgroup.Processes());
            Assert.Equal(innermost.Path, DirectoryOf(other.Pid, name));
            Assert.Equal(Errno.EBUSY, Assert.Throws<SyscallException>(cgroup.RemoveTree).Errno);
        }
        finally
        {
            program.Dispose();
            other.Dispose();
            cgroup.RemoveTree();
        }

        Assert.False(cgroup.Exists);
        cgroup.RemoveTree();
        Assert.Equal(Errno.ENOENT, Assert.Throws<SyscallException>(() => cgroup.Processes()).Errno);
    }

    // A new v1 cpuset has no processors, and refuses processes until it is given its parent's.
    private static void Create(CgroupDirectory cgroup)
    {
        cgroup.Create();
        var parent = Path.GetDirectoryName(cgroup.Path);
        foreach (var file in (string[])["cpuset.cpus", "cpuset.mems"])
        {
            if (cgroup.Path.Contains("/cpuset/", StringComparison.Ordinal))
                KernelFile.WriteText($"{cgroup.Path}/{file}", KernelFile.ReadText($"{parent}/{file}"));
        }
    }

    private static string Root(string name)
    {
        var directory = DirectoryOf(Environment.ProcessId, name);
        Requirement.Feature("cgroup", directory is not null, $"the cgroup hierarchy {name} is not mounted");
        return directory!;
    }

    private static string? DirectoryOf(int pid, string name)
    {
        var membership = CgroupMembership.Read(pid);
        var entry = name == "unified" ? membership.Unified : membership.WithName(name) ?? membership.WithController(name.Split(',')[0]);
        return CgroupHierarchies.ReadSelf().Directory(entry!);
    }
}
