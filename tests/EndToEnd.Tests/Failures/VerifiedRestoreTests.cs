using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>A container that is compared with its checkpoint when all of it is there, and none of it has run.</summary>
public sealed class VerifiedRestoreTests : IDisposable
{
    private const int Failed = 1;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void WhatIsNotAsItWasIsToldOrEndsItBeforeItHasRun()
    {
        using var running = new RunningContainer();
        var container = running.Container;
        var status = running.Payload.RequireGoingOn();
        Cycle.Checkpoint(container, _place["images"]);

        var other = UniqueName.Link("lxnv");
        var refused = LxcNativeCommand.Run("restore", "-D", _place["images"], "--strict", "--veth-pair", $"eth0={other}");
        Assert.True(refused.ExitCode == Failed, refused.ToString());
        Assert.Contains("ended before anything of it had run", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"came back as veth", refused.Error, StringComparison.Ordinal);
        Assert.Contains("nothing of it is left", refused.Error, StringComparison.Ordinal);
        RehearsalTests.RequireNothingLeft();

        var restored = Cycle.Restore(container, _place["images"], "--strict").GetProperty("comparison");
        Assert.Empty(restored.GetProperty("differences").EnumerateArray());
        Assert.Empty(restored.GetProperty("notCompared").EnumerateArray());
        Assert.True(restored.GetProperty("compared").GetInt32() > 100, $"{restored}");
        status = running.Payload.RequireGoingOn(status);

        Cycle.Checkpoint(container, _place["second"]);
        var told = Cycle.Restore(container, _place["second"], "--verify", "--veth-pair", $"eth0={other}").GetProperty("comparison").GetProperty("differences");
        Assert.Equal("devices", Assert.Single(told.EnumerateArray()).GetProperty("area").GetString());
        running.Payload.RequireGoingOn(status);
        container.AddHostLink(other);
    }
}
