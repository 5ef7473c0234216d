using System.Diagnostics;
using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Locks;

/// <summary>With the lock on nothing passes, on the wire or inside; without it everything goes on.</summary>
public class NetworkLockTests
{
    private static readonly TimeSpan Watching = TimeSpan.FromSeconds(1);

    [Fact]
    public void NothingPassesEitherWayNorInsideWhileItIsLocked()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }] });
        using var payload = container.ConnectPayload();
        using var echo = payload.StartEcho();
        payload.RequireGoingOn();
        Unchanged.Settle(container);
        var pid = $"{container.InitPid}";

        var locked = LxcNativeCommand.Run("lock", "--pid", pid, "--json").OrThrow();
        Assert.True(locked.Json().GetProperty("locked").GetBoolean());
        // What passed before the lock may still be on its way up.
        Thread.Sleep(100);
        Wait.For("what came before the lock is read", () => echo.Report().Received == echo.Arrived);
        var address = container.Ipv4;
        using (var out_ = PacketCapture.Start(bridge.Name, $"src host {address} or (arp and arp[14:4] = 0x{Hex(address)})"))
        using (var inside = PacketCapture.Start("eth0", $"src host {address}", container.InitPid))
        {
            var received = echo.Report().Received;
            Thread.Sleep(Watching);
            Assert.DoesNotContain(out_.Stop(), line => line.Length > 0);
            Assert.DoesNotContain(inside.Stop(), line => line.Length > 0);
            Assert.Equal(received, echo.Report().Received);
        }

        Assert.Equal(3, LxcNativeCommand.Run("lock", "--pid", pid).ExitCode);
        var unlocked = LxcNativeCommand.Run("unlock", "--pid", pid).OrThrow();
        Assert.Equal(3, LxcNativeCommand.Run("unlock", "--pid", pid).ExitCode);
        echo.RequireAnswers();
        // The container ran meanwhile: that its connection between two of its own processes stood still is what the lock is for.
        var after = payload.Status();
        Assert.True(after.Error is null || after.Error.StartsWith("loopback: stands still", StringComparison.Ordinal), after.Text);
        Wait.For("the connection inside goes on", () => payload.Status()["loopback"] > after["loopback"] + 10);
        Assert.Null(echo.Stop().Failure);
        Assert.Equal("", container.Inside("net", "nft", "list", "ruleset").OrThrow().Output);
    }

    [Fact]
    public void TheLockIsGoneWhenTheCommandIsKilledInTheMidstOfACheckpoint()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        payload.RequireGoingOn();
        var seen = false;

        for (var attempt = 0; attempt < 20 && !seen; attempt++)
        {
            using var command = Process.Start(new ProcessStartInfo(
                LxcNativeCommand.Executable, ["checkpoint", "--pid", $"{container.InitPid}", "-D", images[$"{attempt}"], "--leave-running"])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
            while (!command.HasExited && !seen)
                seen = container.Inside("net", "nft", "list", "tables").Output.Contains("lxcnative-lock", StringComparison.Ordinal);
            command.Kill();
            command.WaitForExit();
            // criu, which is not killed, brings its dump to an end and lets the container go on.
            payload.RequireGoingOn();
            Assert.Equal("", container.Inside("net", "nft", "list", "ruleset").OrThrow().Output);
        }

        Assert.True(seen, "the lock was never seen, so nothing was shown");
    }

    [Theory]
    [InlineData("native")]
    [InlineData("criu")]
    public void ATableThatTheContainerCalledALockIsTheContainersAndComesBack(string network)
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        container.Inside("net", "nft", "add table inet lxcnative-lock { comment \"network lock of lxcnative, process 1 (init)\"; }").OrThrow();
        var own = container.Inside("net", "nft", "list", "ruleset").OrThrow().Output;
        var status = payload.RequireGoingOn();

        Cycle.Checkpoint(container, images["images"], "--netns", network);
        Cycle.Restore(container, images["images"]);

        payload.RequireGoingOn(status);
        Wait.For("the lock's own tables are gone, and nothing else is", () => container.Inside("net", "nft", "list", "ruleset").OrThrow().Output == own);
    }

    private static string Hex(string address) => string.Concat(address.Split('.').Select(part => $"{byte.Parse(part):x2}"));
}
