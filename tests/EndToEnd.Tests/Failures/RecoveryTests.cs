using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>A monitor that is killed takes its container with it; what both leave is taken away by the next command, once.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void WhatAKilledMonitorLeavesIsTakenAwayAndTheContainerComesBack()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        Cycle.Checkpoint(container, _place["1"]);
        var restored = Cycle.Restore(container, _place["1"]);
        var init = restored.GetProperty("pid").GetInt32();
        var monitor = restored.GetProperty("monitorPid").GetInt32();

        // A healthy one is left alone.
        Assert.DoesNotContain(container.Name, LxcNativeCommand.Run(["recover", "--json"]).Output, StringComparison.Ordinal);
        Command.Output("kill", "-KILL", $"{monitor}");
        Assert.True(Wait.Until(() => !Directory.Exists($"/proc/{init}")));
        Assert.NotEmpty(Cgroups(container));

        var told = LxcNativeCommand.Run(["recover", "--dry-run"]);
        Assert.Contains(container.Name, told.Output, StringComparison.Ordinal);
        Assert.NotEmpty(Cgroups(container));
        var recovered = LxcNativeCommand.Run(["recover", "--json"]).OrThrow();
        Assert.Contains(recovered.Json().EnumerateArray(), run => run.GetProperty("container").GetString() == container.Name && run.GetProperty("left")
            .GetArrayLength() == 0);
        Assert.Empty(Cgroups(container));
        Assert.DoesNotContain(container.Name, LxcNativeCommand.Run(["recover", "--json"]).Output, StringComparison.Ordinal);

        Cycle.Restore(container, _place["1"]);
        using var payload = container.ConnectPayload();
        payload.RequireGoingOn();
    }

    private static List<string> Cgroups(LxcContainer container) =>
        [.. Directory.EnumerateDirectories("/sys/fs/cgroup").SelectMany(one => Directory.EnumerateDirectories(one, $"lxc.payload.{container.Name}*"))];
}
