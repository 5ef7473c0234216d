using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>A command in a cgroup namespace of its own, as in a container of its own, does not see the container's cgroups.</summary>
public sealed class CgroupNamespaceTests : IDisposable
{
    private static readonly string[] _preferred = ["pids", "freezer", "unified", "cgroup"];
    private readonly string _cgroup = Path.Combine(CgroupTree.Hierarchies.First(path => _preferred.Contains(Path.GetFileName(path))), UniqueName.Container());
    private readonly TemporaryDirectory _place = new();

    public void Dispose()
    {
        if (Directory.Exists(_cgroup))
            Wait.For("the cgroup's last process to end", () => Command.Run("rmdir", _cgroup).Succeeded);
        _place.Dispose();
    }

    [Fact]
    public void IsToldBeforeTheFreezeAndByCriuAfterItUnlessCgroupsAreLeftOut()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        Directory.CreateDirectory(_cgroup);
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        var check = Apart("check", container.Name);
        Assert.True(check.ExitCode == 3, check.ToString());
        Assert.Contains("LXN092", check.Output, StringComparison.Ordinal);
        string[] checkpoint = ["checkpoint", container.Name, "--leave-running", "-D"];
        Assert.Equal(3, Apart([.. checkpoint, _place["refused"]]).ExitCode);
        var forced = Apart([.. checkpoint, _place["forced"], "--force"]);
        Assert.Equal(1, forced.ExitCode);
        Assert.Contains("for empty cgroups: No such file or directory", forced.Error, StringComparison.Ordinal);
        Apart([.. checkpoint, _place["ignored"], "--manage-cgroups", "ignore"]).OrThrow();
        Assert.Equal("RUNNING", container.State());
    }

    private CommandResult Apart(params string[] arguments) =>
        Command.Run("sh", ["-c", """echo $$ >"$0/cgroup.procs" && exec unshare --cgroup "$@" """, _cgroup, LxcNativeCommand.Executable, .. arguments]);
}
