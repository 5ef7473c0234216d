using System.Diagnostics;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>criu waits for something that does not come, while it holds the container.</summary>
public sealed class StalledCriuTests : IDisposable
{
    private const int Failed = 1, NeedsAttention = 4;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task TheContainerGoesOn()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
            var checkpoint = Task.Run(() => LxcNativeCommand.Run("checkpoint", container.Name, "-D", _place[$"{attempt}"], "--stall-timeout", "2"),
                TestContext.Current.CancellationToken);
            if (Tracer(container, checkpoint) is not { } criu)
                continue;
            // It does nothing then, as one that waits for a disk.
            Command.Run("kill", "-STOP", $"{criu}");
            var result = await checkpoint;
            if (result.ExitCode == 0)
                continue;

            // A task that criu had in its hands may be lost, which is told.
            Assert.True(result.ExitCode is Failed or NeedsAttention, result.ToString());
            Assert.Contains("criu did nothing for 2 s", result.Error, StringComparison.Ordinal);
            Assert.NotEqual($"{criu}", ProcessTable.Status(container.InitPid, "TracerPid"));
            if (result.ExitCode == Failed)
                Assert.Equal("RUNNING", container.State());
            return;
        }

        Assert.Fail("criu was never seen holding the container");
    }

    // Whoever has attached to the container's init; null when the checkpoint has ended before that was seen.
    private static int? Tracer(LxcContainer container, Task checkpoint)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(30) && !checkpoint.IsCompleted;)
            if (int.Parse(ProcessTable.Status(container.InitPid, "TracerPid") ?? "0") is not 0 and var tracer)
                return tracer;
        return null;
    }
}
