using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preparation.Hosts;

namespace LxcNative.Orchestrator.Tests.Preparation;

public sealed class HostDescriptionTests
{
    [Fact]
    public void EverythingIsRead()
    {
        var description = HostDescription.Parse("""
            { "cgroup": { "layout": "hybrid" },
              "bridges": [ { "name": "br0", "uplink": "eth0", "stp": true, "forwardDelaySeconds": 2.5, "mtu": 1400 }, { "name": "br1", "addresses": ["10.0.3.1/24", "fd00::1/64"] } ] }
            """);
        Assert.Equal(CgroupLayoutWish.Hybrid, description.Cgroup!.Layout);
        var first = description.Bridges[0].ToWish();
        Assert.Equal(("br0", "eth0", true, TimeSpan.FromMilliseconds(2500), 1400u), (first.Name, first.Uplink, first.Stp, first.ForwardDelay, first.Mtu));
        Assert.Empty(first.Addresses);
        Assert.Equal(["10.0.3.1/24", "fd00::1/64"], description.Bridges[1].ToWish().Addresses.Select(one => one.ToString()));
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("null", "empty")]
    [InlineData("{ \"bridge\": [] }", "bridge")]
    [InlineData("{ \"bridges\": null }", "$.bridges")]
    [InlineData("{ \"bridges\": [null] }", "$.bridges")]
    [InlineData("{ \"bridges\": [{}] }", "name")]
    [InlineData("{ \"bridges\": [{ \"name\": \"b\", \"mtu\": \"big\" }] }", "$.bridges[0].mtu")]
    [InlineData("{ \"bridges\": [{ \"name\": \"b\", \"color\": 1 }] }", "color")]
    [InlineData("{ \"cgroup\": { \"layout\": \"v3\" } }", "$.cgroup.layout")]
    [InlineData("{ \"cgroup\": {} }", "layout")]
    [InlineData("{ \"bridges\": [ }", "line 1")]
    public void WhatIsWrongIsSaidWithItsPlace(string json, string place) =>
        Assert.Contains(place, Assert.Throws<RefusedException>(() => HostDescription.Parse(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.1/33")]
    [InlineData("10.0.0.1/999")]
    [InlineData("fd00::1/129")]
    [InlineData("somewhere/24")]
    [InlineData("/24")]
    public void WhatIsNoAddressIsRefused(string text) =>
        Assert.Contains($"\"{text}\"", Assert.Throws<RefusedException>(() => BridgeDescription.ParseAddress(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void TheUnitNamesWhatItRunsAndSurvivesOddPaths()
    {
        var unit = HostUnit.Text("/usr/bin/lxcnative", "/etc/my hosts/100%.json");
        Assert.Contains("ExecStart=/usr/bin/lxcnative host prepare --config \"/etc/my hosts/100%%.json\"\n", unit, StringComparison.Ordinal);
        Assert.Contains("Type=oneshot\nRemainAfterExit=yes\n", unit, StringComparison.Ordinal);
    }
}
