using System.Diagnostics;
using System.Text.RegularExpressions;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Failures;

/// <summary>criu is killed while it holds the container: by an administrator, or by a kernel that has no memory.</summary>
public sealed class KilledCriuTests : IDisposable
{
    private const int Failed = 1, NeedsAttention = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(96), Step = TimeSpan.FromMilliseconds(8);
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task TheContainerRunsOnAndItsConnectionsDo()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        var (delay, killed) = (TimeSpan.Zero, 0);
        // A task whose registers criu had in its hands dies with it: a container that lost one makes room for another.
        while (delay < Longest)
        {
            using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }] });
            using var payload = container.ConnectPayload();
            var status = payload.RequireGoingOn();
            for (var isWhole = true; isWhole && delay < Longest; delay += Step)
            {
                var result = await Killed(container, delay);
                Assert.True(result.ExitCode is 0 or Failed or NeedsAttention, result.ToString());
                isWhole = result.ExitCode != NeedsAttention;
                if (result.ExitCode == 0)
                    continue;
                killed++;
                if (isWhole)
                    status = payload.RequireGoingOn(status);
                else if (!RequireGone(result.Error).Contains($"{container.InitPid}"))
                    Assert.False(ProcessTable.Status(container.InitPid, "State") is null or ['Z', ..], result.ToString());
            }
        }

        Assert.NotEqual(0, killed);
    }

    private async Task<LxcNativeResult> Killed(LxcContainer container, TimeSpan delay)
    {
        var images = _place[$"{delay.TotalMilliseconds}"];
        var checkpoint = Task.Run(() => LxcNativeCommand.Run("checkpoint", "--pid", $"{container.InitPid}", "-D", images, "--leave-running"),
            TestContext.Current.CancellationToken);
        var tracer = Tracer(container, checkpoint);
        Thread.Sleep(delay);
        if (tracer != 0 && !checkpoint.IsCompleted)
            Kill(tracer);
        var result = await checkpoint;
        Assert.True(result.ExitCode == 0 || !Directory.Exists(images) || Directory.GetFiles(images, "*.img").Length == 0, result.ToString());
        return result;
    }

    // At once: on a busy machine criu would be through before a program that kills it has begun.
    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It is through.
        }
    }

    private static List<string> RequireGone(string message)
    {
        var missing = Regex.Matches(message, @"process (\d+)(?: \([^)]*\) is not there any more|, is gone)").Select(match => match.Groups[1].Value).ToList();
        Assert.True(missing.Count > 0, message);
        Assert.All(missing, pid => Assert.False(Directory.Exists($"/proc/{pid}") && ProcessTable.Status(int.Parse(pid), "State") is not ['Z', ..]));
        return missing;
    }

    // Whoever has attached to the container's init; 0 when the checkpoint has ended before that was seen.
    private static int Tracer(LxcContainer container, Task checkpoint)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(30) && !checkpoint.IsCompleted;)
            if (int.Parse(ProcessTable.Status(container.InitPid, "TracerPid")!) is not 0 and var tracer)
                return tracer;
        return 0;
    }
}
