using LxcNative.Native.Errors;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Locking;

namespace LxcNative.Orchestrator.Tests.Locking;

/// <summary>What happens on a kernel without nf_tables, forced.</summary>
public sealed class NetworkLockFallbackTests
{
    private const string UserRules = "*filter\n:INPUT DROP [7:700]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [11:1100]\n:user - [0:0]\n"
        + "[3:333] -A INPUT -p tcp -m tcp --dport 22 -j user\n[4:444] -A user -j ACCEPT\nCOMMIT\n*raw\n:PREROUTING ACCEPT [1:60]\n:OUTPUT ACCEPT "
        + "[2:120]\n[5:555] -A OUTPUT -p udp -m udp --dport 53 -j ACCEPT\nCOMMIT\n";

    private static readonly string[] s_tools = ["iptables", "ip6tables"];

    private static readonly LockCandidate s_absent =
        new(NetworkLockMethod.NfTables, (_, _) => throw new SyscallException("socket", "AF_NETLINK protocol 12", Errno.EPROTONOSUPPORT));

    [Fact]
    public void WithoutNfTablesTheLegacyTablesAreTaken()
    {
        using NamespacePair pair = new();
        using var held = NetworkLock.Prepare(pair.Container, new(), [s_absent, LockCandidate.Xtables]);
        Assert.Equal(NetworkLockMethod.Xtables, held.Method);
        Assert.False(held.DiesWithOwner);
        Assert.NotEmpty(held.Limitations);
        held.Engage();
        Assert.Contains("-A PREROUTING -m mark ! --mark 0xc114 -j DROP", NamespacePair.Run(pair.Container, "iptables-legacy-save", ""),
            StringComparison.Ordinal);
        Assert.Contains("-A OUTPUT -m mark ! --mark 0xc114 -j DROP", NamespacePair.Run(pair.Container, "ip6tables-legacy-save", ""), StringComparison.Ordinal);
    }

    [Fact]
    public void TheUsersRulesAndCountersSurviveTheLegacyLock()
    {
        using NamespacePair pair = new();
        // The kernel's own reports of its multicast groups would be counted too.
        NamespacePair.Run(pair.Container, "sysctl", "-qw net.ipv6.conf.all.disable_ipv6=1");
        foreach (var tool in s_tools)
            NamespacePair.Run(pair.Container, tool + "-legacy-restore", "--counters", UserRules);
        var before = Save(pair);
        using (var held = NetworkLock.Prepare(pair.Container, new(), [LockCandidate.Xtables]))
        {
            for (var cycle = 0; cycle < 10; cycle++)
            {
                held.Engage();
                Assert.NotEqual(before, Save(pair));
                held.Release();
            }
        }

        Assert.Equal(before, Save(pair));
    }

    [Fact]
    public void ALegacyLockIsFoundAndRemoved()
    {
        using NamespacePair pair = new();
        Assert.Null(NetworkLock.Find(pair.Container));
        using var stays = NetworkLock.Prepare(pair.Container, new NetworkLockOptions { DiesWithOwner = false }, [LockCandidate.Xtables]);
        stays.Engage();
        var found = NetworkLock.Find(pair.Container);
        Assert.Equal(["IPv4 raw", "IPv6 raw"], found?.Tables);
        Assert.Throws<NetworkLockHeldException>(() => NetworkLock.Prepare(pair.Container, new(), [LockCandidate.Xtables]));
        Assert.True(NetworkLock.Remove(pair.Container));
        Assert.False(NetworkLock.Remove(pair.Container));
    }

    [Fact]
    public void TheContainersOwnRuleThatBlocksAsOursDoesIsNoLockAndStays()
    {
        using NamespacePair pair = new();
        NamespacePair.Run(pair.Container, "sysctl", "-qw net.ipv6.conf.all.disable_ipv6=1");
        NamespacePair.Run(pair.Container, "iptables-legacy-restore", "",
            "*raw\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -m mark ! --mark 0xc114 -j DROP\nCOMMIT\n");
        var own = NamespacePair.Run(pair.Container, "iptables-legacy-save", "-t raw").Split('\n').Where(line => !line.StartsWith('#'));
        Assert.Null(NetworkLock.Find(pair.Container));
        using (var held = NetworkLock.Prepare(pair.Container, new(), [LockCandidate.Xtables]))
        {
            held.Engage();
            Assert.NotNull(NetworkLock.Find(pair.Container));
        }

        Assert.Null(NetworkLock.Find(pair.Container));
        Assert.Equal(own, NamespacePair.Run(pair.Container, "iptables-legacy-save", "-t raw").Split('\n').Where(line => !line.StartsWith('#')));
    }

    [Fact]
    public void LookingForALockBringsNoLegacyTableIntoBeing()
    {
        using NamespacePair pair = new();
        NetworkLock.Find(pair.Container);
        NetworkLock.Acquire(pair.Container).Dispose();
        Assert.Empty(NamespacePair.Run(pair.Container, "cat", "/proc/net/ip_tables_names /proc/net/ip6_tables_names"));
    }

    [Fact]
    public void WithoutEitherTheErrorSaysWhatWasTriedAndWhy()
    {
        using NamespacePair pair = new();
        LockCandidate noXtables = new(NetworkLockMethod.Xtables,
            (_, _) => throw new SyscallException("getsockopt", "IPT_SO_GET_INFO of IPv4 raw", Errno.ENOPROTOOPT));
        var failure = Assert.Throws<RefusedException>(() => NetworkLock.Prepare(pair.Container, new(), [s_absent, noXtables]));
        Assert.Equal(2, Assert.IsType<AggregateException>(failure.InnerException).InnerExceptions.Count);
        Assert.Contains("NfTables: socket AF_NETLINK protocol 12: EPROTONOSUPPORT", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Xtables: getsockopt IPT_SO_GET_INFO of IPv4 raw: ENOPROTOOPT", failure.Message, StringComparison.Ordinal);
    }

    private static string Save(NamespacePair pair) => string.Join('\n', s_tools
        .SelectMany(tool => NamespacePair.Run(pair.Container, tool + "-legacy-save", "--counters").Split('\n'))
        .Where(line => !line.StartsWith('#')));
}
