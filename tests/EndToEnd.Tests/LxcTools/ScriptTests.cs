using LxcNative.EndToEnd.Tests.Cycles;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.LxcTools;

/// <summary>What the administrator has run at a container's end, and a reboot from inside: as LXC's own monitor has them.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly HostBridge _bridge;

    public ScriptTests()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        _bridge = HostBridge.Create();
        File.WriteAllText(Script, $"#!/bin/sh\necho \"$LXC_NAME $LXC_TARGET: $*\" >> {Log}\n");
        File.SetUnixFileMode(Script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Log, "");
    }

    private string Script => _place["script"];

    private string Log => _place["log"];

    [Fact]
    public void HooksAndNetworkScriptsRunWhenItStops()
    {
        using var container = Restored(_place["1"]);

        Command.Output("lxc-stop", "-n", container.Name, "-k");

        var host = container.HostLinks[0];
        string[] expected = [$"{container.Name} : {container.Name} net down veth {_bridge.Name} {host}",
            $"{container.Name} stop: one {container.Name} lxc stop", $"{container.Name} stop: {container.Name} lxc post-stop"];
        Wait.For("the last script has run", () => File.ReadAllLines(Log).Length == expected.Length);
        Assert.Equal(expected, File.ReadAllLines(Log));
    }

    [Fact]
    public void ACheckpointHasEndedWhenTheScriptsHave()
    {
        var last = _place["last"];
        File.WriteAllText(_place["slow"], $"#!/bin/sh\nsleep 2\ntouch {last}\n");
        File.SetUnixFileMode(_place["slow"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var container = Restored(_place["1"], $"lxc.hook.post-stop = {_place["slow"]}");
        // By LXC's monitor in the first checkpoint, and by ours in the second.
        Assert.True(File.Exists(last));
        File.Delete(last);

        Cycle.Checkpoint(container, _place["2"]);

        Assert.True(File.Exists(last));
    }

    [Fact]
    public void NothingIsRunOfAConfigurationThatOthersCanWrite()
    {
        using var container = Restored(_place["1"]);
        Command.Output("lxc-stop", "-n", container.Name, "-k");
        Wait.For("the scripts have run", () => File.ReadAllLines(Log).Length == 3);

        File.WriteAllText(Log, "");
        File.SetUnixFileMode(container.ConfigurationPath, File.GetUnixFileMode(container.ConfigurationPath) | UnixFileMode.OtherWrite);
        Cycle.Restore(container, _place["1"]);
        Command.Output("lxc-stop", "-n", container.Name, "-k");

        Wait.For("it has ended", () => LxcNativeCommand.Run("check", container.Name).ExitCode != 0);
        Thread.Sleep(500);
        Assert.Empty(File.ReadAllLines(Log));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ARebootStartsItAgain(bool byLxc)
    {
        using var container = Restored(_place["1"]);
        var before = container.InitPid;

        if (byLxc)
            Command.Output("lxc-stop", "-n", container.Name, "-r", "-t", "30");
        else
            Command.Output("lxc-attach", "-n", container.Name, "--", "/bin/kill", "-TERM", "1");

        Wait.For("it runs again", () => InitPid(container) is var pid && pid > 0 && pid != before && container.State() == "RUNNING", TimeSpan.FromSeconds(30));
        container.Adopt(InitPid(container));
        Assert.Contains($"{container.Name} reboot: {container.Name} lxc post-stop", File.ReadAllText(Log), StringComparison.Ordinal);
        container.FindHostLinks();
        // It is LXC's own from now on.
        Assert.StartsWith("[lxc monitor]", ProcessTable.CommandLine(Parent(container.InitPid)), StringComparison.Ordinal);
        LxcNativeCommand.Run("checkpoint", container.Name, "-D", _place["2"]).OrThrow();
    }

    [Fact]
    public void AMonitorThatIsToldToEndAsksItsContainerFirst()
    {
        using var container = Restored(_place["1"]);
        var monitor = Parent(container.InitPid);

        Command.Output("kill", "-TERM", $"{monitor}");

        Wait.For("both have ended", () => !Directory.Exists($"/proc/{container.InitPid}") && !Directory.Exists($"/proc/{monitor}"), TimeSpan.FromSeconds(30));
        Assert.Contains("halted", File.ReadAllText(Path.Combine(container.RootfsPath, "shutdown")), StringComparison.Ordinal);
        Assert.Equal("STOPPED", container.State());
    }

    [Fact]
    public void ServicesThatStopAllOfAGroupStopIt()
    {
        using var container = Restored(_place["1"], $"lxc.group = {_bridge.Name}", "lxc.start.auto = 1");

        Command.Output("lxc-autostart", "-s", "-g", _bridge.Name, "-t", "30");

        Assert.Equal("STOPPED", container.State());
    }

    public void Dispose()
    {
        _bridge.Dispose();
        _place.Dispose();
    }

    private LxcContainer Restored(string images, params IReadOnlyList<string> configuration)
    {
        var container = LxcContainer.Start(new LxcContainerOptions
        {
            Nics = [new ContainerNic(_bridge) { HasIpv6 = false }],
            Payload = PayloadMode.None,
            BootScript = ["echo '::shutdown:/bin/sh -c \"echo halted > /shutdown\"' >> /etc/inittab", "kill -HUP 1"],
            Configuration = [$"lxc.hook.stop = {Script} one", $"lxc.hook.post-stop = {Script}", $"lxc.net.0.script.down = {Script}", .. configuration],
        });
        try
        {
            Cycle.Checkpoint(container, images);
            File.WriteAllText(Log, "");
            Cycle.Restore(container, images);
            container.FindHostLinks();
            return container;
        }
        catch
        {
            container.Dispose();
            throw;
        }
    }

    private static int InitPid(LxcContainer container) =>
        int.TryParse(Command.Run("lxc-info", "-n", container.Name, "-p", "-H").Output.Trim(), out var pid) ? pid : 0;

    private static int Parent(int pid) =>
        int.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..].Trim());
}
