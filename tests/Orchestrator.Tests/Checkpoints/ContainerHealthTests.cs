using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Tests.Containers;

namespace LxcNative.Orchestrator.Tests.Checkpoints;

public sealed class ContainerHealthTests
{
    /// <summary>Its images are all that will be left of it, however long the kernel takes.</summary>
    [Fact]
    public void AnInitThatWasKilledIsGoneBeforeItHasEnded()
    {
        using var init = new KilledProcess();
        var container = ManifestTests.Manifest().Container with { InitPid = init.Pid, InitStartTime = ProcStat.Read(init.Pid).StartTimeTicks };
        Assert.False(ContainerHealth.IsGone(container));
        init.Kill();
        Assert.NotEqual('Z', ProcStat.Read(init.Pid).State);
        Assert.True(ContainerHealth.IsGone(container));
        init.End();
        Assert.True(ContainerHealth.IsGone(container));
    }

    [Fact]
    public void AnotherProcessWithItsNumberIsNotIt()
    {
        using var other = new KilledProcess();
        Assert.True(ContainerHealth.IsGone(ManifestTests.Manifest().Container with { InitPid = other.Pid, InitStartTime = 1 }));
    }
}
