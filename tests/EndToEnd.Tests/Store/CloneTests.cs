using System.Globalization;
using System.Text.Json;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Store;

/// <summary>Containers restored under other names, judged by LXC's own tools, `ip` and whoever connects to them.</summary>
public sealed class CloneTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly HostBridge _bridge;
    private readonly LxcContainer _original;
    private readonly List<(string Name, int Pid, string Link)> _clones = [];

    public CloneTests()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        _bridge = HostBridge.Create();
        _original = LxcContainer.Start(new LxcContainerOptions
        {
            Nics = [new ContainerNic(_bridge) { IsGateway = true }],
            Payload = PayloadMode.Demo,
        });
    }

    public void Dispose()
    {
        foreach (var (name, pid, link) in _clones)
            ContainerCleanup.Run(name, $"/var/lib/lxc/{name}", pid == 0 ? [] : [(pid, ProcessTable.StartTime(pid))], link.Length == 0 ? [] : [link]);
        _original.Dispose();
        _bridge.Dispose();
        _place.Dispose();
    }

    [Fact]
    public async Task SeveralAtOnceRunBesideTheOriginal()
    {
        using var client = _original.ConnectPayload();
        var before = client.RequireGoingOn();
        Checkpoint("--leave-running");

        var made = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Task.Run(() => Restore(20 + number), TestContext.Current.CancellationToken)));
        _clones.AddRange(made);

        client.RequireGoingOn(before);
        foreach (var ((name, pid, link), number) in made.Select((one, number) => (one, number)))
        {
            var address = _bridge.Subnet.Ipv4(20 + number);
            using (var own = PayloadClient.Connect(address, _original.Options.Port))
                own.RequireGoingOn(before);
            // What was connected to the original is connected to it alone.
            Assert.DoesNotContain(Established(pid), line => line.Contains($"{_original.Ipv4}:", StringComparison.Ordinal));
            Assert.Contains($"default via {_bridge.Subnet.Ipv4(1)}", Ip(pid, "route"), StringComparison.Ordinal);
            Assert.DoesNotContain($"{_original.Ipv4}/", Ip(pid, "addr"), StringComparison.Ordinal);

            var info = Command.Output("lxc-info", "-n", name);
            Assert.Contains("RUNNING", info, StringComparison.Ordinal);
            Assert.Contains(link, info, StringComparison.Ordinal);
            Assert.Contains(address, info, StringComparison.Ordinal);
            Assert.Equal(name, Command.Output("lxc-attach", "-n", name, "--", "/bin/hostname").Trim());
            Assert.Contains($"/lxc.payload.{name}", ProcessTable.Read(pid, "cgroup"), StringComparison.Ordinal);
            Assert.Contains($"{_original.RootfsPath}:/var/lib/lxc/{name}/delta0", Command.Output("lxc-info", "-n", name, "-c", "lxc.rootfs.path"),
                StringComparison.Ordinal);
            Command.Output("lxc-attach", "-n", name, "--", "/bin/sh", "-c", $"echo {name} > /of-its-own");
            Assert.Equal(name, File.ReadAllText($"/var/lib/lxc/{name}/delta0/of-its-own").Trim());
        }

        Assert.False(File.Exists(Path.Combine(_original.RootfsPath, "of-its-own")));
        var macs = made.Select(one => Mac(one.Pid)).Append(Mac(_original.InitPid)).ToList();
        Assert.Equal(macs.Count, macs.Distinct().Count());
        Assert.All(made, one => Assert.Contains(Mac(one.Pid), File.ReadAllText($"/var/lib/lxc/{one.Name}/config"), StringComparison.Ordinal));
        List<string> addresses = [];
        Wait.For("an address of its own for each",
            () => (addresses = [.. made.Select(one => one.Pid).Append(_original.InitPid).SelectMany(LinkLocal)]).Count == 4);
        Assert.Equal(4, addresses.Distinct().Count());
        var names = made.Select(one => one.Name).Order().ToList();
        Assert.Equal(names, Command.Output("lxc-ls", "--running", "-1").Split('\n').Intersect(names).Order());

        // One ends and the others go on; LXC itself can start it then.
        var first = made[0].Name;
        PayloadStatus last;
        using (var own = PayloadClient.Connect(_bridge.Subnet.Ipv4(20), _original.Options.Port))
            last = own.Status();
        Command.Output("lxc-stop", "-n", first, "-k");
        Assert.Equal("STOPPED", Command.Output("lxc-info", "-n", first, "-s", "-H").Trim());
        Wait.For("its host end to be gone", () => !Directory.Exists($"/sys/class/net/{made[0].Link}"), TimeSpan.FromSeconds(30));
        Assert.Equal("RUNNING", Command.Output("lxc-info", "-n", made[1].Name, "-s", "-H").Trim());
        Assert.Contains("already", Refused("--name", first, "--address", $"{_bridge.Subnet.Ipv4(40)}/24"), StringComparison.Ordinal);
        Command.Output("lxc-start", "-n", first);
        Command.Output("lxc-wait", "-n", first, "-s", "RUNNING", "-t", "30");
        using (var again = PayloadClient.Connect(_bridge.Subnet.Ipv4(20), _original.Options.Port))
            Assert.True(again.Status()["counter"] < last["counter"]);
        Assert.Equal(first, Command.Output("lxc-attach", "-n", first, "--", "/bin/cat", "/of-its-own").Trim());
        Command.Output("lxc-stop", "-n", first, "-k");
        Command.Output("lxc-destroy", "-n", first);
        Assert.False(Directory.Exists($"/var/lib/lxc/{first}"));
        client.RequireGoingOn();
    }

    [Fact]
    public void AnAddressThatTheOriginalHasAndANameThatIsTakenAreRefused()
    {
        Checkpoint("--leave-running");
        var name = UniqueName.Container();

        Assert.Contains(_original.Ipv4, Refused("--name", name), StringComparison.Ordinal);
        var own = $"{_bridge.Subnet.Ipv4(30)}/24";
        var both = (string[])["--address", own, "--address", $"{_bridge.Subnet.Ipv6(30)}/64"];
        Assert.Contains("is the name that the container has", Refused(["--name", _original.Name, .. both]), StringComparison.Ordinal);
        Directory.CreateDirectory($"/var/lib/lxc/{name}");
        _clones.Add((name, 0, ""));
        Assert.Contains("already", Refused(["--name", name, .. both]), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries($"/var/lib/lxc/{name}"));
        Assert.Contains("no device eth7", Refused("--name", UniqueName.Container(), "--address", $"eth7={own}"), StringComparison.Ordinal);
        Assert.Equal("RUNNING", _original.State());
    }

    [Fact]
    public void OneHasTheRootTheMacAndTheHostNameThatAreNamed()
    {
        var counter = _original.ConnectPayload().RequireGoingOn();
        Checkpoint();
        Command.Output("cp", "-a", _original.RootfsPath, _place["root"]);
        File.WriteAllText(_place["root/which"], "the copy");
        const string MacAddress = "00:16:3e:0a:0b:0c";

        // Nobody has the original's address now.
        var clone = Restore(null, "--root", _place["root"], "--hwaddr", MacAddress, "--hostname", "other-host");
        _clones.Add(clone);

        using (var payload = _original.ConnectPayload())
            payload.RequireGoingOn(counter);
        Assert.Equal(MacAddress, Mac(clone.Pid));
        Assert.Equal("other-host", Command.Output("lxc-attach", "-n", clone.Name, "--", "/bin/hostname").Trim());
        Assert.Equal("the copy", Command.Output("lxc-attach", "-n", clone.Name, "--", "/bin/cat", "/which").Trim());
        Assert.Contains(_place["root"], Command.Output("lxc-info", "-n", clone.Name, "-c", "lxc.rootfs.path"), StringComparison.Ordinal);
        // It is a container like any other: checkpointed, gone and restored.
        Again(clone);
        using (var payload = _original.ConnectPayload())
            payload.RequireGoingOn(counter);
    }

    [Fact]
    public void AnOverlaidOneIsCheckpointedAndRestoredAsItself()
    {
        var counter = _original.ConnectPayload().RequireGoingOn();
        Checkpoint();
        var clone = Restore(25);
        _clones.Add(clone);
        Command.Output("lxc-attach", "-n", clone.Name, "--", "/bin/sh", "-c", "echo mine > /of-its-own");

        Again(clone);

        using var payload = PayloadClient.Connect(_bridge.Subnet.Ipv4(25), _original.Options.Port);
        payload.RequireGoingOn(counter);
        Assert.Equal("mine", Command.Output("lxc-attach", "-n", clone.Name, "--", "/bin/cat", "/of-its-own").Trim());
    }

    [Fact]
    public void OneThatFailsLeavesNothing()
    {
        Checkpoint();
        var image = Directory.EnumerateFiles(_place["1"], "core-*.img").Max()!;
        File.WriteAllBytes(image, [.. File.ReadAllBytes(image).Select((value, at) => at < 16 ? value : (byte)0xff)]);
        var name = UniqueName.Container();
        _clones.Add((name, 0, ""));

        var failed = LxcNativeCommand.Run("restore", "-D", _place["1"], "--name", name, "--check-hashes", "false");

        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("nothing of it is left", failed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"/var/lib/lxc/{name}"));
        Wait.For("its host end to be gone", () => Command.Output("ip", "-br", "link", "show", "master", _bridge.Name).Length == 0, TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(CgroupTree.Of(name), Directory.Exists);
    }

    private void Checkpoint(params string[] more) =>
        LxcNativeCommand.Run(["checkpoint", _original.Name, "-D", _place["1"], "--rehearse", "never", .. more]).OrThrow();

    private void Again((string Name, int Pid, string Link) clone)
    {
        LxcNativeCommand.Run("checkpoint", clone.Name, "-D", _place["2"]).OrThrow();
        var restored = LxcNativeCommand.Run("restore", "-D", _place["2"]).OrThrow();
        _clones.Add((clone.Name, int.Parse(restored.Output, CultureInfo.InvariantCulture), clone.Link));
    }

    private (string Name, int Pid, string Link) Restore(int? host, params string[] more)
    {
        var name = UniqueName.Container();
        string[] addresses = host is { } own ? ["--address", $"{_bridge.Subnet.Ipv4(own)}/24", "--address", $"eth0={_bridge.Subnet.Ipv6(own)}/64"] : [];
        var result = LxcNativeCommand.Run(["restore", "-D", _place["1"], "--name", name, "--json", .. addresses, .. more]);
        if (result.ExitCode != 0)
            _clones.Add((name, 0, ""));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Json().GetProperty("warnings").EnumerateArray());
        var pid = result.Json().GetProperty("pid").GetInt32();
        return (name, pid, HostLink(pid));
    }

    private string Refused(params string[] arguments)
    {
        var result = LxcNativeCommand.Run(["restore", "-D", _place["1"], .. arguments]);
        Assert.True(result.ExitCode == 3, result.ToString());
        return result.Error;
    }

    private static string Ip(int pid, params string[] arguments) => Command.Output("nsenter", ["--target", $"{pid}", "--net", "ip", .. arguments]);

    private static string[] Established(int pid) =>
        Command.Output("nsenter", "--target", $"{pid}", "--net", "ss", "-Htn", "state", "established").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static JsonElement Link(int pid) => JsonDocument.Parse(Ip(pid, "-j", "addr", "show", "eth0")).RootElement[0];

    private static string Mac(int pid) => Link(pid).GetProperty("address").GetString()!;

    private static IEnumerable<string> LinkLocal(int pid) => Link(pid).GetProperty("addr_info").EnumerateArray()
        .Where(address => address.GetProperty("scope").GetString() == "link").Select(address => address.GetProperty("local").GetString()!);

    private static string HostLink(int pid)
    {
        var index = Link(pid).GetProperty("link_index").GetInt32();
        return JsonDocument.Parse(Command.Output("ip", "-j", "link")).RootElement.EnumerateArray()
            .First(link => link.GetProperty("ifindex").GetInt32() == index).GetProperty("ifname").GetString()!;
    }
}
