using System.Net;
using System.Text.Json;
using LxcNative.Native.Errors;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Routing;
using LxcNative.Netlink.Routing.Addresses;

namespace LxcNative.Netlink.Tests.Live;

/// <summary>Addresses made by us and read by <c>ip -j -d address</c>, and the other way round.</summary>
public class AddressLiveTests
{
    [Theory]
    [InlineData("10.1.2.3/24")]
    [InlineData("10.1.2.3/32")]
    [InlineData("fd00::1/64")]
    [InlineData("2001:db8::1/128")]
    public void AddressMadeByUsIsWhatIpSees(string text)
    {
        using var here = WithVeth(out var index);
        var prefix = Prefix.Parse(text);
        here.Socket.Addresses.Add(Address.Of(index, prefix) with { Flags = AddressFlags.NoDuplicateDetection, RoutePriority = 77 });
        var seen = Assert.Single(Addresses(here, "left"), address => address.GetProperty("local").GetString() == prefix.Address.ToString());
        Assert.Equal(prefix.Length, seen.GetProperty("prefixlen").GetInt32());
        Assert.Equal(77, seen.GetProperty("metric").GetInt32());
        Assert.Equal("global", seen.GetProperty("scope").GetString());

        var refusal = Assert.Throws<NetlinkException>(() => here.Socket.Addresses.Add(Address.Of(index, prefix)));
        Assert.Equal(Errno.EEXIST, refusal.Errno);
        here.Socket.Addresses.Delete(Address.Of(index, prefix));
        Assert.DoesNotContain(Addresses(here, "left"), address => address.GetProperty("local").GetString() == prefix.Address.ToString());
    }

    [Fact]
    public void EveryFieldMadeByIpIsRead()
    {
        using var here = WithVeth(out var index);
        here.Run("ip address add 10.0.0.1 peer 10.0.0.2/30 dev left label left:1 broadcast 10.0.0.3 noprefixroute valid_lft 1000 preferred_lft 500 metric 5 "
            + "scope link");
        var address = Assert.Single(here.Socket.Addresses.List(index, AddressFamily.IPv4));
        Assert.Equal(IPAddress.Parse("10.0.0.1"), address.Local);
        Assert.Equal(IPAddress.Parse("10.0.0.2"), address.Peer);
        Assert.Equal(IPAddress.Parse("10.0.0.3"), address.Broadcast);
        Assert.Equal("left:1", address.Label);
        Assert.Equal(30, address.PrefixLength);
        Assert.Equal(253, address.Scope);
        Assert.Equal(5u, address.RoutePriority);
        Assert.True(address.Flags.HasFlag(AddressFlags.NoPrefixRoute));
        Assert.InRange(address.Lifetimes!.Value.ValidSeconds, 990u, 1000u);
        Assert.InRange(address.Lifetimes!.Value.PreferredSeconds, 490u, 500u);
        Assert.Empty(address.Other);
    }

    [Fact]
    public void WhatWasReadCanBeWrittenIntoAnotherNamespace()
    {
        using TestNamespace here = WithVeth(out var index), there = WithVeth(out var other);
        here.Run("ip address add 10.0.0.1 peer 10.0.0.2/30 dev left label left:1 broadcast 10.0.0.3 metric 5 scope link");
        here.Run("ip address add 10.7.0.1/16 broadcast + dev left");
        here.Run("ip address add 10.7.0.2/16 dev left");
        here.Run("ip address add fd00:1::1/64 dev left nodad noprefixroute");
        here.Run("ip address add fd00:2::1 peer fd00:2::2 dev left nodad");
        here.Run("ip address add fd00:3::1/64 dev left nodad preferred_lft 0");
        foreach (var address in here.Socket.Addresses.List(index, AddressFamily.IPv4))
            there.Socket.Addresses.Replace(address with { LinkIndex = other });

        // The newest IPv6 address is listed first, and it is the order that chooses source addresses.
        foreach (var address in here.Socket.Addresses.List(index, AddressFamily.IPv6).AsEnumerable().Reverse())
            there.Socket.Addresses.Replace(address with { LinkIndex = other });
        Assert.Equal(Described(here), Described(there));
    }

    [Fact]
    public void ReplaceChangesLifetimes()
    {
        using var here = WithVeth(out var index);
        var address = Address.Of(index, Prefix.Parse("10.1.2.3/24"));
        here.Socket.Addresses.Add(address);
        here.Socket.Addresses.Replace(address with { Lifetimes = new Lifetimes(100, 200) });
        Assert.InRange(here.Ask("ip -j address show left")[0].GetProperty("addr_info")[0].GetProperty("valid_life_time").GetInt32(), 190, 200);
    }

    [Fact]
    public void DumpOfAThousandAddressesIsComplete()
    {
        using var here = WithVeth(out var index);
        for (var i = 0; i < 1000; i++)
            here.Socket.Addresses.Add(Address.Of(index, new Prefix(new IPAddress([10, 9, (byte)(i / 250), (byte)(i % 250 + 1)]), 32)));
        var all = here.Socket.Addresses.List(index, AddressFamily.IPv4);
        Assert.Equal(1000, all.Count);
        Assert.Equal(1000, all.Select(address => address.Local).Distinct().Count());
    }

    private static TestNamespace WithVeth(out int index)
    {
        TestNamespace here = new();
        here.Run("ip link add left type veth peer name right");
        here.Run("ip link set left up");
        index = here.Socket.Links.Get("left").Index;
        return here;
    }

    private static JsonElement.ArrayEnumerator Addresses(TestNamespace here, string name) =>
        here.Ask($"ip -j -d address show {name}")[0].GetProperty("addr_info").EnumerateArray();

    private static string[] Described(TestNamespace here) =>
        [.. Addresses(here, "left").Where(address => address.GetProperty("scope").GetString() != "link" || address.GetProperty("family").GetString() == "inet")
            .Select(address => address.ToString())];
}
