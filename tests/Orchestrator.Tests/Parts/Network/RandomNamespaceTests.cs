using CsCheck;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Parts.Network;
using LxcNative.Orchestrator.Parts.Network.Capturing;
using LxcNative.Orchestrator.Parts.Network.Rebuilding;
using LxcNative.Testing;

namespace LxcNative.Orchestrator.Tests.Parts.Network;

public sealed class RandomNamespaceTests
{
    [Fact]
    public void RandomNamespacesComeBackAsTheyWere()
    {
        Requirement.Root();
        Gen.Select(Links, Settings.List[0, 8], Ruleset.List[0, 12], (links, settings, rules) => (links, settings, rules)).Sample(
            sample =>
            {
                using var original = new NamespaceFixture();

                // What does not fit together is refused by the programs, and the rest makes the sample.
                original.Attempt(string.Join("; ", ["true", .. sample.links, .. sample.settings]));
                original.Attempt(string.Join("; ", sample.rules.Select(rule => $"nft '{rule}'").Prepend("true")));
                original.WaitForAddresses();
                using var capture = NetworkCapture.Prepare(original.Descriptor);
                Assert.Empty(capture.Obstacles);
                var before = NamespaceView.Look(original);
                using var rebuild = NetworkRebuild.In(NetworkRebuild.MakeNamespace(),
                    NetworkImageFile.Read(NetworkImageFile.Write(capture.Capture().Complete())));
                rebuild.MakeLinks(new Dictionary<string, HostNic>());
                Assert.Empty(rebuild.Configure());
                rebuild.Permits?.End();
                NamespaceView.AssertSame(before, new NamespaceFixture(rebuild.Namespace));
            },
            iter: 8,
            threads: 1);
    }

    private static readonly Gen<int> Small = Gen.Int[0, 3];

    private static readonly Gen<List<string>> Links = Gen.Select(Gen.Bool, Gen.Int[1, 3], Gen.Int[68, 1500], Gen.Int[1, 200], Gen.Bool).Select(
        (loopback, pairs, mtu, index, bridge) => Enumerable.Range(0, pairs)
            .SelectMany(pair => new[]
            {
                $"ip link add v{pair} index {index + pair * 7 + 2} mtu {mtu + pair} type veth peer name w{pair} index {index + pair * 7 + 5}",
                $"ip link set v{pair} up", $"ip link set w{pair} up",
            })
            .Append(loopback ? "ip link set lo up" : "true")
            .Append(bridge
                ? "ip link add br type bridge; ip link set w0 master br; ip link set br up"
                : "ip link add mv link v0 type macvlan mode private; ip link set mv up")
            .ToList());

    private static readonly Gen<string> Settings = Gen.Select(Gen.Int[0, 13], Small, Gen.Int[1, 250], Gen.Int[8, 32], Gen.Int[1, 4000])
        .Select((kind, link, number, length, metric) => kind switch
    {
        0 or 1 => $"ip addr add 10.{number}.{link}.1/{length} dev v{link}",
        2 => $"ip -6 addr add 2001:db8:{number}::{link + 1}/{length + 64} dev v{link} nodad",
        3 => $"ip route add 172.{number}.0.0/16 dev v{link} metric {metric} table {metric % 300 + 1}",
        4 => $"ip -6 route add 2001:db8:{number}::/{length + 16} dev w{link} metric {metric}",
        5 => $"ip route add 192.168.{number}.0/24 nexthop dev v{link} weight {link + 1} nexthop dev w{link} weight {number}",
        6 => $"ip rule add from 10.{number}.0.0/16 lookup {metric % 300 + 1} pref {metric}",
        7 => $"ip -6 rule add fwmark {metric} lookup {number} pref {metric}",
        8 => $"ip neigh add 10.{number}.{link}.9 lladdr 02:00:00:00:00:{number:x2} dev v{link} nud permanent",
        9 => $"sysctl -q -w net.ipv4.conf.v{link}.rp_filter={number % 3} net.ipv6.conf.w{link}.hop_limit={number}",
        10 => $"sysctl -q -w net.ipv4.conf.all.forwarding={number % 2} net.ipv4.tcp_fin_timeout={number}",
        11 => $"sysctl -q -w net.ipv6.conf.default.forwarding={number % 2} net.ipv6.conf.all.accept_ra={number % 3}",
        12 => $"ip link set v{link} group {number} txqueuelen {metric} alias \"number {number}\"",
        _ => $"ip route add {(link == 0 ? "blackhole" : link == 1 ? "prohibit" : "unreachable")} 203.0.{number}.0/24 metric {metric}",
    });

    private static readonly Gen<string> Ruleset = Gen.Select(Gen.Int[0, 11], Small, Small, Gen.Int[1, 250]).Select((kind, table, item, number) => kind switch
    {
        0 => $"add table inet t{table}",
        1 or 2 => $"add table inet t{table}; add chain inet t{table} c{item}",
        3 => $"add table inet t{table}; add chain inet t{table} b{item} {{ type filter hook input priority {number}; policy accept; }}",
        4 => $"add table inet t{table}; add set inet t{table} s{item} {{ type ipv4_addr; flags interval; }}; add element inet t{table} s{item} {{ "
            + $"10.{number}.0.0/16, 192.0.2.{number}-192.0.2.255 }}",
        5 => $"add table inet t{table}; add map inet t{table} m{item} {{ type inet_service : verdict; }}; add element inet t{table} m{item} {{ {number} : "
            + $"jump c{item} }}",
        6 or 7 => $"add rule inet t{table} c{item} tcp dport {{ {number}, {number + 300} }} counter packets {number} bytes {number * 100} accept",
        8 => $"insert rule inet t{table} c{item} ip saddr @s{item} ct mark set {number} drop",
        9 => $"add rule inet t{table} b{item} tcp dport vmap @m{item}",
        10 => $"delete rule inet t{table} c{item} handle {number % 12}",
        _ => $"delete table inet t{table}",
    });
}
