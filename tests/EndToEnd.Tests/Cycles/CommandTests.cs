using System.Globalization;
using System.Text.Json;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>The command as it is used: names, default places, options of restore, what it prints.</summary>
public class CommandTests
{
    [Fact]
    public void ByNameIntoTheDefaultPlaceAndBackByName()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var place = new TemporaryDirectory();
        var status = payload.RequireGoingOn();

        var checkpoint = LxcNativeCommand.Run("checkpoint", container.Name).OrThrow();
        var images = checkpoint.Output.Trim();
        Assert.StartsWith($"/var/lib/lxcnative/{container.Name}/", images, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(images));

        var restore = LxcNativeCommand.Run("restore", container.Name, "--pidfile", place["pid"]).OrThrow();
        Assert.Equal(restore.Output, File.ReadAllText(place["pid"]));
        container.Adopt(int.Parse(restore.Output));
        payload.RequireGoingOn(status);

        // A restored container is found by its name too, though no monitor of LXC knows it.
        Assert.Equal(container.InitPid, LxcNativeCommand.Run("inspect", container.Name, "--json").Json().GetProperty("initPid").GetInt32());
    }

    [Fact]
    public void AnotherHostEndOnAnotherBridgeAndAnotherRoot()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var one = HostBridge.Create();
        using var other = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(one) { HasIpv6 = false }] });
        using var images = new TemporaryDirectory();
        using (var payload = container.ConnectPayload())
            payload.RequireGoingOn();
        var name = UniqueName.Link("lxnv");
        container.AddHostLink(name);

        Cycle.Checkpoint(container, images["1"]);
        Cycle.Restore(container, images["1"], "--veth-pair", $"eth0={name}@{other.Name}", "--root", container.RootfsPath);

        Assert.Contains($"master {other.Name}", Command.Output("ip", "link", "show", name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("native")]
    [InlineData("criu")]
    public void EitherWayOfSavingTheNetwork(string netns)
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        var status = payload.RequireGoingOn();
        Unchanged.Settle(container);
        var host = HostSnapshot.Capture();
        var inside = ContainerSnapshot.Capture(container.InitPid);

        Assert.Equal(netns, Cycle.Checkpoint(container, images["1"], "--netns", netns).GetProperty("network").GetString()!.ToLowerInvariant());
        Cycle.Restore(container, images["1"]);

        payload.RequireGoingOn(status);
        Unchanged.Require(netns, container, inside, host);
    }

    [Theory]
    [InlineData("private")]
    [InlineData("shared")]
    public void CriuInsideOfTheContainersNetworkOrOutside(string propagation)
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        var status = payload.RequireGoingOn();
        Unchanged.Settle(container);
        var host = HostSnapshot.Capture();
        var inside = ContainerSnapshot.Capture(container.InitPid);

        // Where mounts are shared, criu cannot be shown a /run of its own; where /run is a tmpfs it needs none.
        var result = Command.Run("unshare",
            ["--mount", "--propagation", propagation, LxcNativeCommand.Executable, "checkpoint", container.Name, "-D", images["1"]]).OrThrow();
        var manifest = JsonDocument.Parse(File.ReadAllText(images["1/lxcnative.json"])).RootElement;
        var isTmpfs = Command.Output("stat", "-f", "-c", "%T", "/run").Trim() == "tmpfs";
        Assert.Equal(propagation == "private" || isTmpfs, manifest.GetProperty("parts").GetProperty("network").GetProperty("criuInside").GetBoolean());
        var restored = Cycle.Restore(container, images["1"]).GetProperty("pid").GetInt32();

        Assert.NotEqual(ProcessTable.Link(Environment.ProcessId, "ns/net"), ProcessTable.Link(restored, "ns/net"));
        payload.RequireGoingOn(status);
        Unchanged.Require(propagation, container, inside, host);

        // And it comes back there, too.
        Cycle.Checkpoint(container, images["2"]);
        var there = Command.Run("unshare", ["--mount", "--propagation", propagation, LxcNativeCommand.Executable, "restore", "-D", images["2"]]).OrThrow();
        container.Adopt(int.Parse(there.Output, CultureInfo.InvariantCulture));
        payload.RequireGoingOn(status);
    }

    [Fact]
    public void DetachedItOutlivesWhoeverRestoredIt()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var payload = container.ConnectPayload();
        using var images = new TemporaryDirectory();
        var status = payload.RequireGoingOn();

        Cycle.Checkpoint(container, images["1"]);
        // Those of other restored containers of the machine.
        var others = Monitors();
        var restored = Cycle.Restore(container, images["1"], "--restore-detached");

        Assert.Equal(0, restored.GetProperty("monitorPid").GetInt32());
        payload.RequireGoingOn(status);
        // It ends after its answer.
        Wait.For("it has no monitor", () => !Monitors().Except(others).Any());
    }

    private static List<int> Monitors() =>
        [.. ProcessTable.Living().Where(pid => ProcessTable.CommandLine(pid).EndsWith("lxcnative monitor", StringComparison.Ordinal)
        && ProcessTable.Link(pid, "ns/net") == ProcessTable.Link(Environment.ProcessId, "ns/net"))];

    [Fact]
    public void TheObjectsForProgramsHaveTheFieldsThatScriptsDependOn()
    {
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge();
        using var images = new TemporaryDirectory();
        using (var payload = container.ConnectPayload())
            payload.RequireGoingOn();

        var version = LxcNativeCommand.Run("version", "--json").Json();
        Assert.Equal("/", version.GetProperty("criu").GetProperty("path").GetString()![..1]);
        Assert.Contains("libcriu", version.GetProperty("libcriu").GetProperty("path").GetString(), StringComparison.Ordinal);
        var checkpoint = Cycle.Checkpoint(container, images["1"]);
        Assert.Equal(container.InitPid, checkpoint.GetProperty("pid").GetInt32());
        Assert.Equal(container.Name, checkpoint.GetProperty("name").GetString());
        Assert.Equal(images["1"], checkpoint.GetProperty("imagesDir").GetString());
        var times = checkpoint.GetProperty("timings");
        foreach (var name in (string[])["discover", "prepare", "freeze", "lock", "dump", "pause", "total"])
            Assert.True(times.GetProperty(name).GetInt64() > 0, name);
        Assert.Equal(0, times.GetProperty("unlock").GetInt64());
        Assert.True(checkpoint.GetProperty("criu").GetProperty("frozenTime").GetInt64() > 0);
        var inspected = LxcNativeCommand.Run("inspect", "-D", images["1"], "--json").Json();
        Assert.Equal(1, inspected.GetProperty("processes").GetProperty("pidInside").GetInt32());
        Assert.Contains(inspected.GetProperty("mounts").EnumerateArray(), mount => mount.GetProperty("kind").GetString() == "External");
        Assert.Contains(inspected.GetProperty("sockets").EnumerateArray(), socket => socket.GetProperty("protocol").GetString() == "tcp");
        var restore = Cycle.Restore(container, images["1"]);
        Assert.Equal(container.Name, restore.GetProperty("name").GetString());
        Assert.True(restore.GetProperty("timings").GetProperty("total").GetInt64() > 0);
        Assert.True(restore.GetProperty("criu").GetProperty("restoreTime").GetInt64() > 0);
    }

    [Fact]
    public void InspectShowsATreeAndTables()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        using var bridge = HostBridge.Create();
        using var container = LxcContainer.Start(new LxcContainerOptions { Nics = [new ContainerNic(bridge) { HasIpv6 = false }] });

        var text = LxcNativeCommand.Run("inspect", "--pid", $"{container.InitPid}").Output;

        foreach (var word in (string[])[container.Name, "1 init", "/dev/shm", "external", "internal", bridge.Name, container.HostLinks[0],
            $"/lxc.payload.{container.Name}"])
            Assert.Contains(word, text, StringComparison.Ordinal);
    }

    [Fact]
    public void TextIsWrappedForTerminalsAlone()
    {
        Requirement.LxcNative();
        string[] explain = ["check", "--explain", "LXN092"];
        Assert.Contains(LxcNativeCommand.Run(explain).Output.Split('\n'), line => line.Length > 150);

        // A serial console tells of no columns.
        foreach (var (columns, longest) in ((int, int)[])[(0, 80), (50, 50)])
        {
            var text = Command.Run("script",
                ["-qec", $"stty cols {columns}; TERM=dumb {LxcNativeCommand.Executable} {string.Join(' ', explain)}", "/dev/null"]).Output;
            Assert.Contains("LXN092", text, StringComparison.Ordinal);
            Assert.Equal(longest, text.Split('\n').Max(line => line.TrimEnd('\r').TrimEnd().Length), 8.0);
        }
    }
}
