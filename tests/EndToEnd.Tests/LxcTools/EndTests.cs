using System.Text.RegularExpressions;
using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.LxcTools;

/// <summary>A restored container ends as one of LXC's does, and can be started, or restored, again.</summary>
public class EndTests
{
    [Theory]
    [InlineData("-t", "20")]
    [InlineData("-k")]
    [InlineData("-k", "-W")]
    public async Task StopEndsItAndWhoeverWaitsIsTold(params string[] how)
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }], Payload = PayloadMode.None });
        using var images = new TemporaryDirectory();
        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);
        string[] states = ["STOPPING", "STOPPED"];
        var waiting = states.Select(state => Task.Run(() => Command.Run("lxc-wait", "-n", container.Name, "-s", state, "-t", "40", "-l", "TRACE", "-o",
            images[state]), TestContext.Current.CancellationToken)).ToArray();
        // A connection alone is not enough: its request may still be on its way.
        Wait.For("both wait", () => Array.TrueForAll(states, state => File.Exists(images[state])
            && File.ReadAllText(images[state]).Contains("ready to listen for container state changes", StringComparison.Ordinal)));

        Command.Output("lxc-stop", ["-n", container.Name, .. how]);

        Assert.Equal(0, (await waiting[1]).ExitCode);
        if (!how.Contains("-W"))
            Assert.Equal("STOPPED", container.State());
        Wait.For("it is gone", () => container.State() == "STOPPED" && !Directory.Exists($"/proc/{container.InitPid}"));
        foreach (var hierarchy in CgroupTree.Hierarchies)
            Assert.False(Directory.Exists($"{hierarchy}/lxc.payload.{container.Name}"), hierarchy);
        Assert.Equal(0, (await waiting[0]).ExitCode);

        // LXC starts it anew, from its root.
        container.Start();
        Assert.Equal("RUNNING", container.State());
    }

    [Fact]
    public void TheConsoleIsShownToo()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            EditConfiguration = text => text.Replace("lxc.console.path = none", "", StringComparison.Ordinal),
        });
        using var images = new TemporaryDirectory();
        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);

        using var console = TerminalSession.Start($"lxc-console -n {container.Name} -t 0");
        console.Await("from-inside", () => Command.Output("lxc-attach", "-n", container.Name, "--", "/bin/sh", "-c", "echo from-inside > /dev/console"));
        Assert.Equal(0, console.Leave());
    }

    [Fact]
    public void MonitorTellsThatItStops()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None });
        using var images = new TemporaryDirectory();
        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);
        using var monitor = TerminalSession.Start($"exec lxc-monitor -n {container.Name}");
        // The kernel shows the other end of a connection, lxc-monitord's, when that has been accepted.
        Wait.For("lxc-monitord has accepted", () =>
            Regex.IsMatch(Command.Output("ss", "-xpH"), $@"\* [1-9]\d* +users:\(.*pid={monitor.Program},"), TimeSpan.FromSeconds(30));

        Command.Output("lxc-stop", "-n", container.Name, "-k");

        monitor.Await($"'{container.Name}' changed state to [STOPPING]");
        monitor.Await($"'{container.Name}' changed state to [STOPPED]");
    }

    [Fact]
    public void LxcCheckpointSavesItAndItsImagesAreRestored()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        Requirement.Criu();
        using var bridge = HostBridge.Create();
        using var container =
            LxcContainer.Start(new LxcContainerOptions
            {
                Nics = [new ContainerNic(bridge) { HasIpv6 = false }],
                Payload = PayloadMode.None,
                ResolvesBindSources = true
            });
        using var images = new TemporaryDirectory();
        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);

        Command.Run("lxc-checkpoint", ["-n", container.Name, "-D", images["running"]], CriuCommand.SearchEnvironment()).OrThrow();
        Assert.Equal("RUNNING", container.State());
        LxcCheckpoint.Dump(container, images["2"]);
        Wait.For("it has ended", () => container.State() == "STOPPED");
        LxcCheckpoint.Restore(container, images["2"]);
        Assert.Equal("RUNNING", container.State());
    }

    [Fact]
    public void OneThatIsFrozenIsStopped()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var images = new TemporaryDirectory();
        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"]);
        Command.Output("lxc-freeze", "-n", container.Name);

        LxcNativeCommand.Run(["stop", container.Name, "--timeout", "1"], environment: null, TimeSpan.FromMinutes(1)).OrThrow();

        Wait.For("the end", () => container.State() == "STOPPED");
    }

    [Fact]
    public void ItIsCheckpointedByNameAndRestoredAgain()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        var status = payload.RequireGoingOn();
        for (var i = 1; i <= 3; i++)
        {
            LxcNativeCommand.Run("checkpoint", container.Name, "-D", images[$"{i}"]).OrThrow();
            Assert.Equal("STOPPED", container.State());
            Cycle.Restore(container, images[$"{i}"]);
            Assert.Equal("RUNNING", container.State());
            var again = LxcNativeCommand.Run("restore", "-D", images[$"{i}"]);
            Assert.NotEqual(0, again.ExitCode);
            Assert.Contains($"restored from {images[$"{i}"]}", again.Error, StringComparison.Ordinal);
        }

        payload.RequireGoingOn(status);
    }

    [Fact]
    public void TheMonitorIsSmallAndIdleAndHasNothingOfItsCaller()
    {
        const int MostMemory = 15 * 1024;
        Requirement.Lxc();
        Requirement.LxcNative();
        using var container = LxcContainer.Start(new LxcContainerOptions { Payload = PayloadMode.None, Configuration = ["lxc.tty.max = 2"] });
        using var images = new TemporaryDirectory();
        Cycle.Checkpoint(container, images["1"]);
        var restored = Command.Run(
            "sh", ["-c", $"cd {images.Path}; umask 077; exec 9>held; exec {LxcNativeCommand.Executable} restore -D {images["1"]}"],
            new Dictionary<string, string?> { ["SECRET"] = "of the caller" }).OrThrow();
        container.Adopt(int.Parse(restored.Output.Trim()));
        var monitor = Field(container.InitPid, "PPid");

        Wait.For("it has given back what it does not need", () => Field(monitor, "VmRSS") <= MostMemory);
        // What it had still to do is done in the first of these, whatever is done again and again in each.
        Wait.For("it does nothing for three seconds", () =>
        {
            var before = Used(monitor);
            Thread.Sleep(3000);
            return Used(monitor) == before;
        });

        Assert.Equal("/", ProcessTable.Link(monitor, "cwd"));
        Assert.Equal(22, Field(monitor, "Umask"));
        Assert.DoesNotContain("SECRET", File.ReadAllText($"/proc/{monitor}/environ"), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles($"/proc/{monitor}/fd"), path => (File.ResolveLinkTarget(path, returnFinalTarget: false)?.FullName ?? "")
            .StartsWith(images.Path, StringComparison.Ordinal));
    }

    private static int Field(int pid, string name) =>
        int.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]);

    // In clock ticks, of user and of kernel code.
    private static string Used(int pid) => string.Join(' ', File.ReadAllText($"/proc/{pid}/stat").Split(' ')[13..15]);
}
