using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>Containers whose init is in a cgroup below the container's own, in every hierarchy: what systemd does when it starts.</summary>
public class InitBelowItsCgroupTests
{
    private const string Scope = "init.scope";

    [Fact]
    public void ComesBackWithTheCgroupsAsTheyWere()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        MoveBelow(container);
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        var status = payload.RequireGoingOn();
        Unchanged.Settle(container);
        var host = HostSnapshot.Capture();
        var inside = ContainerSnapshot.Capture(container.InitPid);
        var cgroups = Paths(container);

        for (var generation = 1; generation <= 3; generation++)
        {
            Cycle.Checkpoint(container, images[$"{generation}"]);
            Cycle.Restore(container, images[$"{generation}"]);
            status = payload.RequireGoingOn(status);
            Assert.Equal(cgroups, Paths(container));
            Unchanged.Require($"generation {generation}", container, inside, host);
        }
    }

    [Fact]
    public void AProcessBesideItThatIsNotOfTheTreeBlocks()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        MoveBelow(container);
        using var attached = new AttachedProcess(container);
        var result = LxcNativeCommand.Run("check", container.Name);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("LXN011", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void FrozenThereItBlocks()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        MoveBelow(container);
        var (_, cgroup) = Paths(container)
            .First(one => File.Exists(Path.Combine(one.Directory, "freezer.state")) || File.Exists(Path.Combine(one.Directory, "cgroup.freeze")));
        Freeze(cgroup, true);
        try
        {
            var result = LxcNativeCommand.Run("check", container.Name);
            Assert.Equal(3, result.ExitCode);
            Assert.Contains("LXN013", result.Output, StringComparison.Ordinal);
        }
        finally
        {
            Freeze(cgroup, false);
        }
    }

    private static void Freeze(string cgroup, bool isFrozen)
    {
        if (File.Exists(Path.Combine(cgroup, "cgroup.freeze")))
            File.WriteAllText(Path.Combine(cgroup, "cgroup.freeze"), isFrozen ? "1" : "0");
        else
            File.WriteAllText(Path.Combine(cgroup, "freezer.state"), isFrozen ? "FROZEN" : "THAWED");
    }

    // The processes that are there, into a cgroup below the one that each is in.
    private static void MoveBelow(LxcContainer container)
    {
        foreach (var cgroup in Paths(container).Select(one => one.Directory).Distinct())
        {
            var below = Path.Combine(cgroup, Scope);
            Directory.CreateDirectory(below);
            // A new version 1 cpuset takes no process until it has processors and memory.
            foreach (var file in (string[])["cpuset.cpus", "cpuset.mems"])
                if (File.Exists(Path.Combine(cgroup, file)) && cgroup.Contains("/cpuset/", StringComparison.Ordinal))
                    File.WriteAllText(Path.Combine(below, file), File.ReadAllText(Path.Combine(cgroup, file)));
            foreach (var pid in File.ReadAllLines(Path.Combine(cgroup, "cgroup.procs")))
                File.WriteAllText(Path.Combine(below, "cgroup.procs"), pid);
        }
    }

    // Where the init is in each hierarchy that is mounted.
    private static (string Line, string Directory)[] Paths(LxcContainer container) =>
        [.. from line in File.ReadAllLines($"/proc/{container.InitPid}/cgroup")
            let fields = line.Split(':', 3)
            let directory = CgroupTree.Hierarchies.Select(top => top + fields[2]).FirstOrDefault(path => Directory.Exists(path) && IsOf(path, fields))
            where fields[2] != "/" && directory is not null
            select (line, directory)];

    private static bool IsOf(string directory, string[] fields)
    {
        var names = fields[1].Length == 0 ? ["unified"] : fields[1].Split(',').Select(name => name.Replace("name=", "", StringComparison.Ordinal));
        return CgroupTree.Hierarchies.Count == 1
            || names.Any(name => directory.StartsWith($"/sys/fs/cgroup/{name}/", StringComparison.Ordinal)
            || directory.StartsWith($"/sys/fs/cgroup/{string.Join(',', names)}/", StringComparison.Ordinal));
    }
}
