using System.Diagnostics;
using System.Net.Sockets;
using LxcNative.EndToEnd.Tests.Failures;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>A container that is restored in its own place by the command that checkpoints it: clients notice a gap, and nothing else.</summary>
public sealed class InPlaceTests : IDisposable
{
    private const int Cycles = 3, NeedsAttention = 4, Killed = 128 + 9;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void ThreeInARowLoseAndResetNothing()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { IsGateway = true }] });
        using var payload = container.ConnectPayload();
        using var stream = RequestClient.Start(container.Ipv4, payload.Port + 1, ProtocolType.Tcp);
        using var datagrams = RequestClient.Start(container.Ipv4, payload.Port + 2, ProtocolType.Udp);
        using var bulk = BulkClient.Start(container.Ipv4, payload.Port + 1);
        using var resets = PacketCapture.Start(bridge.Name, "tcp[tcpflags] & tcp-rst != 0");
        var status = payload.RequireGoingOn();
        Unchanged.Settle(container);
        var (host, inside) = (HostSnapshot.Capture(), ContainerSnapshot.Capture(container.InitPid));
        for (var i = 0; i < Cycles; i++)
        {
            stream.RequireAnswers(5);
            bulk.RequireMore();
            var result = Cycle.InPlace(container, _place[$"{i}"], "--force");
            var packets = result.GetProperty("packets");
            Assert.Equal("hold", packets.GetProperty("mode").GetString());
            Assert.True(packets.GetProperty("held").GetInt64() > 0, $"{packets}");
            Assert.Equal(packets.GetProperty("held").GetInt64(), packets.GetProperty("released").GetInt64());
            Assert.Empty(result.GetProperty("warnings").EnumerateArray());
            // A datagram that was lost is never answered: its client would stand still from here on.
            datagrams.RequireAnswers(5);
            stream.RequireAnswers(5);
            bulk.RequireMore();
            status = payload.RequireGoingOn(status);
            Assert.Equal("RUNNING", container.State());
            Unchanged.Require($"cycle {i}", container, inside, host);
            Assert.True(File.Exists(_place[$"{i}/lxcnative.json"]));
        }

        Assert.DoesNotContain(resets.Stop(), line => line.Length > 0);
        Assert.Equal(container.Name, Command.Output("lxc-attach", "-n", container.Name, "--", "/bin/sh", "-c", "hostname").Trim());
        Command.Output("lxc-stop", "-n", container.Name, "-k");
        Assert.Equal("STOPPED", container.State());
    }

    [Fact]
    public void OneThatDoesNotComeBackIsDumpedAndCanBeRestoredByHand()
    {
        using var running = new RunningContainer();
        // The same before the container is let go would be found by the rehearsal.
        var program = Path.Combine(running.Container.RootfsPath, "bin/payload");
        var breaks = _place.Script("program", $"mv {program} {program}.away");
        var result = LxcNativeCommand.Run("checkpoint", running.Container.Name, "-D", _place["images"], "--restore", "--json", "--commit-command", breaks);
        Assert.Equal(NeedsAttention, result.ExitCode);
        Assert.True(result.Json().GetProperty("state").GetString() == "Dumped", result.ToString());
        Assert.Contains($"is dumped, and its images in {_place["images"]} are complete", result.Error, StringComparison.Ordinal);
        Assert.Contains("A second try", result.Error, StringComparison.Ordinal);
        RehearsalTests.RequireNothingLeft();

        File.Move(program + ".away", program);
        Cycle.Restore(running.Container, _place["images"]);
        running.Payload.RequireGoingOn();
    }

    [Fact]
    public void OneThatCannotComeBackRunsOn()
    {
        using var running = new RunningContainer();
        Unchanged.Settle(running.Container);
        var host = HostSnapshot.Capture();
        var result = LxcNativeCommand.Run("checkpoint", running.Container.Name, "-D", _place["images"], "--restore", "--json", "--commit-command",
            _place.Script("program", "exit 1"));
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("RunsOn", result.Json().GetProperty("state").GetString());
        running.RequireUnharmed();
        Unchanged.Require("afterwards", host);
    }

    [Fact]
    public void OneWhoseNetworkIsMadeAnewComesBackToo()
    {
        using var running = new RunningContainer();
        var status = running.Payload.Status();
        var result = Cycle.InPlace(running.Container, _place["images"], "--netns", "criu");
        Assert.Equal("Criu", result.GetProperty("network").GetString());
        Assert.Contains(result.GetProperty("warnings").EnumerateArray(), one => one.GetString()!.Contains("is made anew", StringComparison.Ordinal));
        running.Payload.RequireGoingOn(status);
    }

    [Fact]
    public void OneThatWasRehearsedAheadComesBackWithoutARehearsalInItsPause()
    {
        using var running = new RunningContainer();
        var status = running.Payload.Status();
        var result = Cycle.InPlace(running.Container, _place["images"], "--rehearse", "ahead");
        Assert.Equal(0, result.GetProperty("timings").GetProperty("rehearsal").GetInt64());
        Assert.Empty(result.GetProperty("warnings").EnumerateArray());
        running.Payload.RequireGoingOn(status);
        running.RequireUnharmed();
        RehearsalTests.RequireNothingLeft();
    }

    // From the moment on at which the container is let go its coming back is the monitor's alone.
    [Fact]
    public void OneWhoseCommandIsKilledComesBackAllTheSame()
    {
        const int Most = 20;
        using var running = new RunningContainer();
        var wasKilled = false;
        for (var attempt = 0; attempt < Most && !wasKilled; attempt++)
        {
            var status = running.Payload.Status();
            var old = running.Container.InitPid;
            using var command =
                Process.Start(LxcNativeCommand.Executable, ["checkpoint", running.Container.Name, "-D", _place[$"{attempt}"], "--restore"]);
            Wait.For("the container is let go", () => !ProcessTable.IsAlive(old), TimeSpan.FromSeconds(60));
            command.Kill();
            command.WaitForExit();
            // Otherwise it had come to its end before it was killed, and the next one is.
            wasKilled = command.ExitCode == Killed;
            Assert.True(wasKilled || command.ExitCode == 0, $"exit code {command.ExitCode}");

            int? init = null;
            Wait.For("it is back", () => (init = Restored(running.Container.Name)) is { } pid && pid != old, TimeSpan.FromSeconds(60));
            running.Container.Adopt(init!.Value);
            running.Payload.RequireGoingOn(status);
            Assert.Equal(0, LxcNativeCommand.Run("recover").ExitCode);
            running.RequireUnharmed();
        }

        Assert.True(wasKilled, "the command was never killed, so nothing was shown");
    }

    private static int? Restored(string name) => LxcNativeCommand.Run("ps", "--json").Json().EnumerateArray()
        .Where(one => one.GetProperty("name").GetString() == name).Select(one => (int?)one.GetProperty("pid").GetInt32()).FirstOrDefault();
}
