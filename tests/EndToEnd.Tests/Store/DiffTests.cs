using System.Text.Json;
using LxcNative.EndToEnd.Tests.Fixtures;

namespace LxcNative.EndToEnd.Tests.Store;

/// <summary>A container against its checkpoint: what nobody changed is the same, before and after a restore, and what somebody changed is found.</summary>
public sealed class DiffTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly HostBridge _bridge;
    private readonly LxcContainer _container;

    public DiffTests()
    {
        Requirement.Lxc();
        Requirement.LxcNative();
        _bridge = HostBridge.Create();
        _container = LxcContainer.Start(new LxcContainerOptions
        {
            Nics = [new ContainerNic(_bridge) { IsGateway = true }],
            Payload = PayloadMode.Demo,
            Configuration = ["lxc.prlimit.nofile = 500:1000", "lxc.cap.drop = sys_module"],
        });
    }

    public void Dispose()
    {
        _container.Dispose();
        _bridge.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void WhatWasChangedIsFoundAndNothingElse()
    {
        _container.ConnectPayload().RequireGoingOn();
        _container.Inside("net", "nft", "add table inet t { chain c { type filter hook input priority 0; policy accept; tcp dport 22 counter accept; }; }")
            .OrThrow();
        Checkpoint("1", "--leave-running");
        Same("1", _container.Name);
        Checkpoint("2");
        Same("1", "-D", _place["2"]);
        var restored = LxcNativeCommand.Run("restore", "-D", _place["2"]).OrThrow();
        _container.Adopt(int.Parse(restored.Output));
        Same("2", "--pid", $"{_container.InitPid}");

        var own = _bridge.Subnet.Ipv4(9);
        _container.Inside("net", "ip", "addr", "add", $"{own}/24", "dev", "eth0").OrThrow();
        _container.Inside("net", "ip", "route", "add", "192.0.2.0/24", "via", _bridge.Subnet.Ipv4(1)).OrThrow();
        _container.Inside("net", "ip", "rule", "add", "from", "192.0.2.7", "priority", "77", "lookup", "main").OrThrow();
        _container.Inside("net", "nft", "insert rule inet t c tcp dport 23 drop").OrThrow();
        _container.Inside("net", "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward").OrThrow();
        _container.Inside("net", "ip", "link", "set", "eth0", "mtu", "1400").OrThrow();
        _container.Inside("mount", "mount", "-t", "tmpfs", "none", "/mnt").OrThrow();
        _container.Inside("all", "mount", "-o", "remount,bind,noatime", "/").OrThrow();
        Command.Output("prlimit", "-p", $"{_container.InitPid}", "--nofile=400:1000");
        var found = Differences("2", _container.Name);

        Assert.Equal(
            ["addresses", "devices", "mounts", "rights", "routes", "rules", "rulesets", "sysctls"],
            found.Select(one => one.GetProperty("area").GetString()).Distinct().Order(StringComparer.Ordinal));
        Has(found, "addresses", $"eth0 {own}/24", before: null);
        Has(found, "mounts", "/mnt", before: null);
        Has(found, "rights", "1 limit nofile", before: "500 1000", now: "400 1000");
        Has(found, "sysctls", "ipv4/ip_forward", before: "0", now: "1");
        Has(found, "rules", "IPv4 77", before: null);
        Assert.Contains(found, one => Text(one, "area") == "devices" && Text(one, "now")!.Contains("mtu 1400", StringComparison.Ordinal));
        Assert.Contains(found, one => Text(one, "item")!.StartsWith("192.0.2.0/24", StringComparison.Ordinal));
        Assert.Contains(found, one => Text(one, "item") == "/" && Text(one, "now")!.Contains("noatime", StringComparison.Ordinal));
        // The text says the same.
        var text = LxcNativeCommand.Run("diff", "-D", _place["2"], _container.Name);
        Assert.Equal(5, text.ExitCode);
        Assert.Contains("    - 500 1000\n    + 400 1000\n", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotThereIsRefused()
    {
        Checkpoint("1", "--leave-running");

        Assert.Equal(3, LxcNativeCommand.Run("diff", "-D", _place["absent"], _container.Name).ExitCode);
        Assert.Equal(3, LxcNativeCommand.Run("diff", "-D", _place["1"], "lxn-no-such").ExitCode);
        Assert.Equal(2, LxcNativeCommand.Run("diff", "-D", _place["1"]).ExitCode);
        Assert.Equal(2, LxcNativeCommand.Run("diff", "-D", _place["1"], "-D", _place["1"], _container.Name).ExitCode);
    }

    private void Checkpoint(string directory, params string[] more) =>
        LxcNativeCommand.Run(["checkpoint", _container.Name, "-D", _place[directory], "--rehearse", "never", .. more]).OrThrow();

    private void Same(string directory, params string[] other)
    {
        var result = LxcNativeCommand.Run(["diff", "-D", _place[directory], .. other, "--json"]).OrThrow();
        Assert.True(result.Json().GetProperty("compared").GetInt32() > 300);
        Assert.Equal(0, result.Json().GetProperty("notCompared").GetArrayLength());
    }

    private List<JsonElement> Differences(string directory, string other)
    {
        var result = LxcNativeCommand.Run("diff", "-D", _place[directory], other, "--json");
        Assert.True(result.ExitCode == 5, result.ToString());
        return [.. result.Json().GetProperty("differences").EnumerateArray()];
    }

    private static void Has(List<JsonElement> found, string area, string item, string? before, string? now = null)
    {
        var one = found.Single(one => Text(one, "area") == area && Text(one, "item") == item);
        Assert.Equal(before, Text(one, "before"));
        if (now is not null)
            Assert.Equal(now, Text(one, "now"));
    }

    private static string? Text(JsonElement one, string name) => one.GetProperty(name).GetString();
}
