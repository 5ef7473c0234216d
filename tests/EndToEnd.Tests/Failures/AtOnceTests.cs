using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>Two commands for one container at the same time: one does it, the other is refused and touches nothing. And one that is interrupted.</summary>
public sealed class AtOnceTests : IDisposable
{
    private const int Refused = 3;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task OfTwoRestoresOneIsRefused()
    {
        Requirement.Criu();
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        var status = payload.RequireGoingOn();
        Cycle.Checkpoint(container, _place["images"]);

        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => LxcNativeCommand.Run("restore", "-D", _place["images"], "--json"))));

        var restored = Assert.Single(results, result => result.ExitCode == 0);
        container.Adopt(restored.Json().GetProperty("pid").GetInt32());
        var refused = Assert.Single(results, result => result.ExitCode == Refused);
        Assert.Matches("under way|is running|in it", refused.Output + refused.Error);
        payload.RequireGoingOn(status);
    }

    /// <summary>Half of what another restore has made is not what stands in the way: the other restore is.</summary>
    [Fact]
    public void WhatAnotherRestoreHasMadeIsNotTakenForARunningContainer()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        Cycle.Checkpoint(container, _place["images"]);
        var claim = $"/run/lxcnative/claims/restore-{container.Name}";
        using var half = OccupiedCgroup.Make(container);
        using (new FileStream(claim, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var result = LxcNativeCommand.Run("restore", "-D", _place["images"]);
            Assert.Equal(Refused, result.ExitCode);
            Assert.Contains("another restore", result.Error, StringComparison.Ordinal);
        }

        File.Delete(claim);
        Assert.Contains("has processes in it", LxcNativeCommand.Run("restore", "-D", _place["images"]).Error, StringComparison.Ordinal);
        half.Dispose();
        Cycle.Restore(container, _place["images"]);
    }

    [Fact]
    public void ACheckpointDuringAnotherIsRefused()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        string[] checkpoint = ["checkpoint", container.Name, "--leave-running", "-D"];
        LxcNativeCommand.Run([.. checkpoint, _place["first"]]).OrThrow();
        using (new FileStream($"/run/lxcnative/claims/checkpoint-{container.Name}", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var result = LxcNativeCommand.Run([.. checkpoint, _place["second"]]);
            Assert.True(result.ExitCode == Refused, result.ToString());
            Assert.Contains("another checkpoint", result.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_place["second"]));
        }

        LxcNativeCommand.Run([.. checkpoint, _place["third"]]).OrThrow();
    }

    [Fact]
    public void ACommandThatIsToldToEndStopsBeforeTheFreezeOrFinishes()
    {
        const int Failed = 1, BySignal = 143;
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        foreach (var seconds in (string[])["0.02", "0.04", "0.06", "0.08", "0.1", "0.12", "0.14"])
        {
            var images = _place[seconds];
            var result = Command.Run("timeout", "--preserve-status", "--signal", "TERM", seconds, LxcNativeCommand.Executable, "checkpoint", container.Name,
                "--leave-running", "-D", images);
            Assert.True(result.ExitCode is 0 or Failed or BySignal, result.ToString());
            // By the signal alone while the command starts, or has done all. There is a whole checkpoint or none.
            Assert.Equal(Directory.Exists(images), File.Exists(Path.Combine(images, "lxcnative.json")));
            if (result.ExitCode != BySignal)
                Assert.Equal(result.ExitCode == 0, Directory.Exists(images));
            Assert.Equal("RUNNING", container.State());
            Assert.Equal("0", ProcessTable.Status(container.InitPid, "TracerPid"));
        }
    }

    [Fact]
    public void AContainerThatStandsStillGoesOnWhereTheCommandIsInterrupted()
    {
        const int Failed = 1;
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        // Interrupted by whoever is asked, who then does not answer.
        var asked = _place["asked"];
        File.WriteAllText(asked, "#!/bin/sh\nkill -TERM $PPID\nexec sleep 1000000\n");
        File.SetUnixFileMode(asked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var leaveRunning in (string[][])[[], ["--leave-running"]])
        {
            var result = LxcNativeCommand.Run(["checkpoint", container.Name, "-D", _place["images"], "--commit-command", asked, .. leaveRunning]);

            Assert.True(result.ExitCode == Failed, result.ToString());
            Assert.Contains("runs on: it was interrupted", result.Error, StringComparison.Ordinal);
            Assert.Equal("RUNNING", container.State());
            Assert.Equal("0", ProcessTable.Status(container.InitPid, "TracerPid"));
            Assert.False(File.Exists(_place["images/lxcnative.json"]));
            Directory.Delete(_place["images"], recursive: true);
        }

        Cycle.Checkpoint(container, _place["whole"]);
        Cycle.Restore(container, _place["whole"]);
    }
}
