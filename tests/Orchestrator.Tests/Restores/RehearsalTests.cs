using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Restores.Rehearsals;

namespace LxcNative.Orchestrator.Tests.Restores;

public sealed class RehearsalTests
{
    private static readonly Rehearsal s_rehearsal = new("rehearsal-1");

    [Theory]
    [InlineData("/lxc.payload.one", "/rehearsal-1")]
    [InlineData("/machine.slice/lxc.payload.one", "/machine.slice/rehearsal-1")]
    [InlineData("/", "/")]
    public void ACgroupIsPutBesideTheContainersOwn(string path, string beside) =>
        Assert.Equal(beside, s_rehearsal.Cgroups.Of(new ContainerCgroup([], path, null)).Path);

    [Theory]
    [InlineData("/lxc.payload.one", "/rehearsal-1")]
    [InlineData("/lxc.payload.one/init.scope", "/rehearsal-1/init.scope")]
    [InlineData("/lxc.payload.one-1", "/lxc.payload.one-1")]
    public void WhatIsBelowItStaysBelow(string path, string expected) =>
        Assert.Equal(expected,
            s_rehearsal.Cgroups.Below(path,
            [new ContainerCgroup([], "/lxc.payload.one", "/sys/fs/cgroup/lxc.payload.one"), new ContainerCgroup(["misc"], "/", "/sys/fs/cgroup/misc")]));

    [Fact]
    public void EveryRehearsalOfAProcessHasANameOfItsOwn() => Assert.NotEqual(Rehearsal.Next(), Rehearsal.Next());
}
