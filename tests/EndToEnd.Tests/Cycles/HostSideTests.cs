using System.Text.RegularExpressions;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Cycles;

/// <summary>What a host end has on the host besides a bridge: a container in LXC's router mode is reached by it alone.</summary>
public sealed class HostSideTests : IDisposable
{
    private const string Inside = "10.213.77.2", Beyond = "10.213.78.0/24";
    private readonly TemporaryDirectory _place = new();
    private readonly string _link = UniqueName.Link("lxnh");

    public void Dispose() => _place.Dispose();

    [Fact]
    public void RoutesAddressesAndSettingsComeBackAndTheScriptsAreRun()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        var log = _place["log"];
        var script = _place.Script("script", $"echo \"$*\" >> {log}");
        using var container = LxcContainer.Start(new LxcContainerOptions
        {
            Payload = PayloadMode.None,
            Configuration =
            [
                "lxc.net.0.type = veth", "lxc.net.0.veth.mode = router", $"lxc.net.0.veth.pair = {_link}", "lxc.net.0.flags = up",
                $"lxc.net.0.ipv4.address = {Inside}/32", "lxc.net.0.ipv4.gateway = 169.254.1.1", $"lxc.net.0.veth.ipv4.route = {Beyond}",
                $"lxc.net.0.script.up = {script}", $"lxc.net.0.script.down = {script}",
            ],
        });
        Command.Output("ip", "address", "add", "192.0.2.77/32", "dev", _link);
        Command.Output("ip", "route", "add", "198.51.100.0/24", "via", Inside, "dev", _link, "metric", "77", "table", "213");
        Command.Output("ip", "neigh", "add", "proxy", "10.213.77.9", "dev", _link);
        Command.Output("ip", "link", "property", "add", "dev", _link, "altname", _link + "-of-the-container");
        Command.Output("sysctl", "-w", $"net.ipv4.conf.{_link}.rp_filter=2", $"net.ipv4.neigh.{_link}.gc_stale_time=77");
        var before = Side();
        Assert.Contains(Inside, before, StringComparison.Ordinal);
        Assert.Contains("198.51.100.0/24", before, StringComparison.Ordinal);

        Cycle.Checkpoint(container, _place["first"]);
        var check = LxcNativeCommand.Run("check", "-D", _place["first"]).OrThrow();
        Assert.Contains("LXN213", check.Output, StringComparison.Ordinal);
        Assert.Contains("address 192.0.2.77/32", check.Output, StringComparison.Ordinal);
        Assert.Empty(Cycle.Restore(container, _place["first"]).GetProperty("warnings").EnumerateArray());
        Assert.Equal(before, Side());
        Cycle.InPlace(container, _place["second"]);
        Assert.Equal(before, Side());

        string[] up = [$"{container.Name} net up veth {_link}", $"{container.Name} net down veth {_link}"];
        Assert.Equal([.. up, .. up, up[0]], File.ReadAllLines(log));

        // A restore that fails takes back what the script has done.
        Cycle.Checkpoint(container, _place["failed"]);
        Assert.NotEqual(0, LxcNativeCommand.Run("restore", "-D", _place["failed"], "--strict", "--veth-pair", $"eth0={_link}x").ExitCode);
        string[] other = [$"{container.Name} net up veth {_link}x", $"{container.Name} net down veth {_link}x"];
        Assert.Equal([.. up, .. up, .. up, .. other], File.ReadAllLines(log));
        // What another host had is told, and not given to this one.
        var manifest = Path.Combine(_place["failed"], "lxcnative.json");
        var text = File.ReadAllText(manifest);
        File.WriteAllText(manifest, Regex.Replace(text, "\"host\": ?\"[0-9a-f]{64}\"", $"\"host\":\"{new string('0', 64)}\""));
        Assert.NotEqual(text, File.ReadAllText(manifest));
        Assert.Contains(Cycle.Restore(container, _place["failed"]).GetProperty("warnings").EnumerateArray(),
            one => one.GetString()!.Contains("is of another host", StringComparison.Ordinal));
        Assert.DoesNotContain("198.51.100.0/24", Side(), StringComparison.Ordinal);
        Cycle.Checkpoint(container, _place["bare"]);
        File.WriteAllText(manifest, text);
        Cycle.Restore(container, _place["failed"]);
        Assert.Equal(before, Side());

        // A script that fails is told, and ends nothing.
        File.WriteAllText(script, "#!/bin/sh\nexit 3\n");
        Cycle.Checkpoint(container, _place["third"]);
        var warnings = Cycle.Restore(container, _place["third"]).GetProperty("warnings").EnumerateArray().Select(one => one.GetString()!).ToList();
        Assert.Contains(warnings, one => one.Contains("lxc.net.0.script.up", StringComparison.Ordinal));
        Assert.Equal(before, Side());
    }

    [Fact]
    public void WhatDoesNotComeBackIsTold()
    {
        Requirement.Lxc();
        Requirement.Criu();
        Requirement.LxcNative();
        using var container = LxcContainer.StartOnBridge(new LxcContainerOptions { Payload = PayloadMode.None });
        var link = container.HostLinks[0];
        Command.Output("tc", "qdisc", "add", "dev", link, "root", "pfifo", "limit", "100");

        var warnings = Cycle.Checkpoint(container, _place["images"]).GetProperty("warnings").EnumerateArray().Select(one => one.GetString()!).ToList();

        Assert.Contains(warnings, one => one.Contains($"pfifo of the host's device {link}", StringComparison.Ordinal));
    }

    // The link-local address is the kernel's, and takes a while.
    private string Side() => string.Join('\n', Command.Output("ip", "-o", "-4", "address", "show", "dev", _link),
        Command.Output("ip", "-4", "route", "show", "table", "all", "dev", _link),
        string.Join('\n', Command.Output("ip", "neigh", "show", "proxy", "dev", _link).Split('\n').Order(StringComparer.Ordinal)),
        Command.Output("ip", "-j", "link", "show", "dev", _link).Contains(_link + "-of-the-container", StringComparison.Ordinal),
        Command.Output("sysctl", $"net.ipv4.conf.{_link}", $"net.ipv4.neigh.{_link}"));
}
