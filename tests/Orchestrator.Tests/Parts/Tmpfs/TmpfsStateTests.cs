using System.Text.Json;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Parts.Tmpfs;
using LxcNative.Orchestrator.Restores;

namespace LxcNative.Orchestrator.Tests.Parts.Tmpfs;

/// <summary>What a manifest says of tmpfs becomes names below our own directories, and options of criu: nothing else may be said.</summary>
public sealed class TmpfsStateTests : IDisposable
{
    private readonly TemporaryDirectory _images = new();

    public void Dispose() => _images.Dispose();

    [Theory]
    [InlineData("../../etc", "a.img")]
    [InlineData("..", "a.img")]
    [InlineData("", "a.img")]
    [InlineData("a]:b", "a.img")]
    [InlineData("a", "../a.img")]
    [InlineData("a", "absent.img")]
    public void WhatIsNoNameIsRefused(string key, string file) => Assert.Single(Refusals(key, file), finding => finding.Id == "LXN200");

    [Fact]
    public void WhatACheckpointWritesIsTaken() => Assert.Empty(Refusals("lxcnative-tmpfs-7", "a.img"));

    private List<LxcNative.Orchestrator.Preflight.Finding> Refusals(string key, string file)
    {
        File.WriteAllText(_images["a.img"], "");
        var part = new TmpfsPart();
        var state = new TmpfsState { Mounts = [new TmpfsMount(key, file, "none", "rw", [new MountPlace("/dev", "rw")])] };
        var states = new PartStates(new Dictionary<string, JsonElement> { [part.Name] = part.Write(state) });
        return [.. part.Refusals(states, new PlanContext("web", _images.Path, new RestoreOptions()))];
    }
}
