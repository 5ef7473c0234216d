using System.Net;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Tests.Locking;

/// <summary>With real sockets, in two network namespaces of the test's own.</summary>
public sealed class NetworkLockTests
{
    private static readonly IReadOnlyList<LockCandidate> s_xtablesOnly = [LockCandidate.Xtables];

    [Fact]
    public void NothingLeavesALockedNetworkAndEverythingDoesBeforeAndAfter()
    {
        using NamespacePair pair = new();
        Assert.Equal(Traffic.AllKinds, Traffic.KindsThatLeave(pair, Traffic.AllKinds).Intersect(Traffic.AllKinds));
        using var held = NetworkLock.Prepare(pair.Container);
        Assert.Empty(held.Limitations);
        Assert.Equal(Traffic.AllKinds, Traffic.KindsThatLeave(pair, Traffic.AllKinds).Intersect(Traffic.AllKinds));
        held.Engage();
        Assert.Empty(Traffic.KindsThatLeave(pair));
        held.Release();
        Assert.Equal(Traffic.AllKinds, Traffic.KindsThatLeave(pair, Traffic.AllKinds).Intersect(Traffic.AllKinds));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OnlyMarkedPacketsPassALockedNetwork(bool isXtables)
    {
        using NamespacePair pair = new();
        using var held = NetworkLock.Prepare(pair.Container, new(), isXtables ? s_xtablesOnly : LockCandidate.All);
        Assert.Equal(isXtables ? NetworkLockMethod.Xtables : NetworkLockMethod.NfTables, held.Method);
        AssertTraffic(pair, isLocked: false);
        held.Engage();
        AssertTraffic(pair, isLocked: true);
        held.Release();
        AssertTraffic(pair, isLocked: false);
    }

    [Fact]
    public async Task PreparingNeverDisturbsARunningProgram()
    {
        using NamespacePair pair = new();
        using var sender = NamespacePair.Udp(pair.Container, NamespacePair.Container4);
        using var receiver = NamespacePair.Udp(pair.Container, NamespacePair.Container4);
        var target = receiver.LocalEndPoint!;
        using CancellationTokenSource stop = new();
        long sent = 0;
        var traffic = Task.Run(
            () =>
            {
                var byteBuffer = new byte[1];
                while (!stop.IsCancellationRequested)
                {
                    sender.SendTo("x"u8, target);
                    receiver.Receive(byteBuffer);
                    sent++;
                }
            },
            TestContext.Current.CancellationToken);
        for (var round = 0; round < 30; round++)
            NetworkLock.Prepare(pair.Container).Dispose();
        await stop.CancelAsync();
        await traffic;
        Assert.True(sent > 30);
        Assert.Empty(NamespacePair.Ruleset(pair.Container));
    }

    [Fact]
    public void NftShowsTheLock()
    {
        using NamespacePair pair = new();
        using var held = NetworkLock.Acquire(pair.Container);
        var rules = NamespacePair.Ruleset(pair.Container);
        foreach (var family in NetworkLock.TableFamilies.Except(["bridge"]))
            Assert.Contains($"table {family} {held.TableName} ", rules, StringComparison.Ordinal);
        Assert.Contains("flags owner", rules, StringComparison.Ordinal);
        Assert.Contains($"comment \"network lock of lxcnative, process {Environment.ProcessId} (", rules, StringComparison.Ordinal);
        Assert.Equal(6, rules.Split("meta mark != 0x0000c114 drop").Length - 1);
        Assert.Contains("hook prerouting priority -2147483648; policy accept;", rules, StringComparison.Ordinal);
        Assert.Contains("hook egress device \"eth0\" priority -2147483648; policy accept;", rules, StringComparison.Ordinal);
    }

    [Fact]
    public void ASecondLockIsRefusedAndTheHolderIsNamed()
    {
        using NamespacePair pair = new();
        using var late = NetworkLock.Prepare(pair.Container);
        using var held = NetworkLock.Acquire(pair.Container);
        var refusal = Assert.Throws<NetworkLockHeldException>(() => NetworkLock.Prepare(pair.Container));
        Assert.Contains($"held by process {Environment.ProcessId} (", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(NetworkLockMethod.NfTables, refusal.Holder.Method);
        Assert.NotNull(refusal.Holder.OwnerPortId);
        Assert.Throws<NetworkLockHeldException>(() => late.Engage());
        Assert.Throws<NetworkLockHeldException>(() => NetworkLock.Remove(pair.Container));
        Assert.Throws<InvalidOperationException>(() => held.Engage());
        held.Release();
        late.Engage();
    }

    [Fact]
    public void ALockThatOutlivesItsOwnerIsFoundAndRemovedByName()
    {
        using NamespacePair pair = new();
        string name;
        using (var stays = NetworkLock.Prepare(pair.Container, new NetworkLockOptions { DiesWithOwner = false }))
        {
            stays.Engage();
            name = stays.TableName;
        }

        Assert.False(Passes4(pair, isExpected: false));
        var found = NetworkLock.Find(pair.Container);
        Assert.NotNull(found);
        Assert.Null(found.OwnerPortId);
        Assert.False(found.EndsWithHolder);
        Assert.Equal([$"table inet {name}", $"table arp {name}", $"table netdev {name}"], found.Tables.OrderBy(name => name.Length)
            .ThenByDescending(name => name).OrderBy(Order));
        Assert.True(NetworkLock.Remove(pair.Container));
        Assert.True(Passes4(pair));
        Assert.Null(NetworkLock.Find(pair.Container));
        Assert.False(NetworkLock.Remove(pair.Container));
        Assert.Empty(NamespacePair.Ruleset(pair.Container));

        static int Order(string name) => name.Contains("inet", StringComparison.Ordinal) ? 0 : name.Contains("arp", StringComparison.Ordinal) ? 1 : 2;
    }

    [Fact]
    public void TablesThatTheContainerMadeAreNoLock()
    {
        using NamespacePair pair = new();
        string seen;
        using (var before = NetworkLock.Acquire(pair.Container))
            seen = before.TableName;
        // Of a name that it once saw, and of that of former versions, with the holder's words.
        foreach (var name in (string[])[seen, "lxcnative-lock"])
            NamespacePair.Run(pair.Container, "nft", $"add table inet {name} {{ comment \\\"network lock of lxcnative, process 1 (systemd)\\\"; }}");
        var own = NamespacePair.Ruleset(pair.Container);

        Assert.Null(NetworkLock.Find(pair.Container));
        Assert.False(NetworkLock.Remove(pair.Container));
        using (var held = NetworkLock.Acquire(pair.Container))
        {
            Assert.NotEqual(seen, held.TableName);
            Assert.Contains($"table inet {held.TableName}", NetworkLock.Find(pair.Container)!.Tables);
            Assert.Throws<NetworkLockHeldException>(() => NetworkLock.Prepare(pair.Container));
        }

        Assert.Equal(own, NamespacePair.Ruleset(pair.Container));
    }

    [Fact]
    public void ReleasingWhatIsNotLockedDoesNothing()
    {
        using NamespacePair pair = new();
        using var prepared = NetworkLock.Prepare(pair.Container);
        Assert.Equal(TimeSpan.Zero, prepared.Release());
        prepared.Engage();
        prepared.Release();
        Assert.Equal(TimeSpan.Zero, prepared.Release());
    }

    [Fact]
    public void ATableThatSomebodyDeletedDoesNotKeepTheOthers()
    {
        using NamespacePair pair = new();
        using var held = NetworkLock.Acquire(pair.Container, new NetworkLockOptions { DiesWithOwner = false });
        NamespacePair.Run(pair.Container, "nft", $"delete table arp {held.TableName}");
        held.Release();
        Assert.Empty(NamespacePair.Ruleset(pair.Container));
    }

    [Fact]
    public void AHundredCyclesLeaveNoTraceAndTheUsersRulesAlone()
    {
        using NamespacePair pair = new();
        NamespacePair.Run(pair.Container, "nft", "-f -",
            "table inet user { chain in { type filter hook input priority 0; policy accept;\n tcp dport 22 counter accept comment \"mine\"\n }\n}\n");
        var before = NamespacePair.Run(pair.Container, "nft", "-a list ruleset");
        using var held = NetworkLock.Prepare(pair.Container);
        for (var cycle = 0; cycle < 100; cycle++)
        {
            held.Engage();
            held.Release();
        }

        for (var cycle = 0; cycle < 5; cycle++)
            NetworkLock.Acquire(pair.Container).Dispose();
        Assert.Equal(before, NamespacePair.Run(pair.Container, "nft", "-a list ruleset"));
    }

    [Theory]
    [InlineData("link delete eth0")]
    [InlineData("link set eth0 name eth9")]
    public void ADeviceThatWentAfterPreparingDoesNotStopTheLock(string command)
    {
        using NamespacePair pair = new();
        using var held = NetworkLock.Prepare(pair.Container);
        NamespacePair.Run(pair.Container, "ip", command);
        held.Engage();
        Assert.False(Traffic.Passes(pair.Container, IPAddress.Loopback, pair.Container, IPAddress.Loopback, isExpected: false));
        held.Release();
        Assert.Empty(NamespacePair.Ruleset(pair.Container));
    }

    [Fact]
    public void AnEmptyNetworkIsLockedBeforeItsDevicesCome()
    {
        using var empty = NamespacePair.New();
        using var peer = NamespacePair.New();
        using var held = NetworkLock.Acquire(empty);
        NamespacePair.Run(empty, "ip", $"link add eth1 address {NamespacePair.ContainerMac} type veth peer name eth1 netns {NamespacePair.PathOf(peer)}");
        using FrameTap tap = new(peer);
        NamespacePair.Run(peer, "ip", "link set eth1 up");
        NamespacePair.Run(empty, "ip", "link set eth1 up");
        NamespacePair.Run(empty, "ip", "address add 10.78.0.1/24 dev eth1");
        Assert.Empty(tap.Drain());
    }

    [Fact]
    public void TheHostsNetworkIsRefused()
    {
        using var own = Namespace.Open(Environment.ProcessId, NamespaceKind.Net);
        var refusal = Assert.Throws<RefusedException>(() => NetworkLock.Prepare(own));
        Assert.Contains("that would cut off the host", refusal.Message, StringComparison.Ordinal);
        Assert.Null(NetworkLock.Find(own));
    }

    private static void AssertTraffic(NamespacePair pair, bool isLocked)
    {
        foreach ((var here, var there, var loopback) in new[]
            { (NamespacePair.Container4, NamespacePair.Peer4, IPAddress.Loopback), (NamespacePair.Container6, NamespacePair.Peer6, IPAddress.IPv6Loopback) })
        {
            Assert.True(Traffic.Passes(pair.Container, here, pair.Peer, there, isMarked: true));
            Assert.True(Traffic.Passes(pair.Container, loopback, pair.Container, loopback, isMarked: true));
            Assert.True(Traffic.Passes(pair.Container, here, pair.Container, here, isMarked: true));
            Assert.Equal(!isLocked, Traffic.Passes(pair.Container, here, pair.Peer, there, isExpected: !isLocked));
            Assert.Equal(!isLocked, Traffic.Passes(pair.Peer, there, pair.Container, here, isExpected: !isLocked));
            Assert.Equal(!isLocked, Traffic.Passes(pair.Container, loopback, pair.Container, loopback, isExpected: !isLocked));
            Assert.Equal(!isLocked, Traffic.Passes(pair.Container, here, pair.Container, here, isExpected: !isLocked));
            Assert.Equal(!isLocked, Traffic.Connects(pair.Container, pair.Peer, there, isExpected: !isLocked));
            Assert.Equal(!isLocked, Traffic.Connects(pair.Peer, pair.Container, here, isExpected: !isLocked));
            Assert.Equal(!isLocked, Traffic.Connects(pair.Container, pair.Container, loopback, isExpected: !isLocked));
        }
    }

    private static bool Passes4(NamespacePair pair, bool isExpected = true) =>
        Traffic.Passes(pair.Container, NamespacePair.Container4, pair.Peer, NamespacePair.Peer4, isExpected: isExpected);
}
