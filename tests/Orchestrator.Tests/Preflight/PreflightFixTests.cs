using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Preflight;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Preflight;

public sealed class PreflightFixTests
{
    [Theory]
    [InlineData("mount_unsupported", "LXN070")]
    [InlineData("mount_sub", "LXN071")]
    [InlineData("mount_fuse", "LXN072")]
    [InlineData("mqueue_full", "LXN073")]
    [InlineData("mount_slave", "LXN074")]
    [InlineData("mount_autofs", "LXN075")]
    public void MountThatBlocksIsRemoved(string state, string rule)
    {
        using var made = Make(state);
        var container = Container.FromPid(made.InitPid);
        var before = PreflightCheck.Run(container).Findings;
        Assert.Contains(before, finding => finding.Id == rule);
        var action = Assert.Single(PreflightFix.Apply(container, before));
        Assert.Equal((rule, null), (action.Id, action.Problem));
        Assert.Empty(PreflightCheck.Run(Container.FromPid(made.InitPid)).Blocking);
    }

    [Fact]
    public void NothingIsDoneAboutProcesses()
    {
        using var made = Make("user_faultfd");
        var container = Container.FromPid(made.InitPid);
        Assert.Empty(PreflightFix.Apply(container, PreflightCheck.Run(container).Findings));
    }

    private static StateContainer Make(string state)
    {
        Requirement.Root();
        Requirement.Tool("gcc");
        Requirement.Feature("cgroup-v1", Directory.Exists("/sys/fs/cgroup/memory"), "needs the version 1 memory hierarchy to put its containers in");
        var made = StateContainer.Start(state);
        if (made.Impossible is { } reason)
        {
            made.Dispose();
            Assert.Skip($"{state} cannot be made here: {reason}");
        }

        return made;
    }
}
