using System.Diagnostics;
using LxcNative.Native.Cgroups;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Errors;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Containers;

/// <summary>A process in a cgroup of LXC's, for which no monitor answers.</summary>
public sealed class UnattendedContainerTests : IDisposable
{
    private readonly string _name = $"lxnt{Guid.NewGuid():N}"[..16];
    private readonly TemporaryDirectory _place = new();
    private readonly CgroupDirectory _cgroup;
    private readonly Process _process;

    public UnattendedContainerTests()
    {
        Requirement.Root();
        var hierarchy = Directory.Exists("/sys/fs/cgroup/freezer") ? "/sys/fs/cgroup/freezer" : "/sys/fs/cgroup";
        // As LXC calls it where the name is taken.
        _cgroup = new CgroupDirectory($"{hierarchy}/lxc.payload.{_name}-1");
        _cgroup.Create();
        _process = Process.Start("sleep", "600");
        _cgroup.AddProcess(_process.Id);
        Define(_name);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _cgroup.RemoveTree();
        _place.Dispose();
    }

    [Fact]
    public void ItIsNotStartedAgainOverItsRoot()
    {
        Assert.Equal(_process.Id, UnattendedContainer.ProcessOf(_name, _place.Path));
        foreach (var refused in (Action[])[() => ContainerLifecycle.Start(_name, _place.Path), () => ContainerLifecycle.Stop(_name, _place.Path)])
            Assert.Contains($"Process {_process.Id} is one of it", Assert.Throws<RefusedException>(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneThatHasSuchANameItselfIsAnother()
    {
        Define($"{_name}-1");
        Assert.Null(UnattendedContainer.ProcessOf(_name, _place.Path));
        Assert.Equal(_process.Id, UnattendedContainer.ProcessOf($"{_name}-1", _place.Path));
        Assert.Equal($"{_name} does not run", Assert.Throws<RefusedException>(() => ContainerLifecycle.Stop(_name, _place.Path)).Message);
    }

    private void Define(string name)
    {
        Directory.CreateDirectory(_place[name]);
        File.WriteAllText(_place[$"{name}/config"], "");
    }
}
