using LxcNative.Native.Errors;
using LxcNative.Netlink.Netfilter;
using LxcNative.Netlink.Netfilter.Expressions;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Tests.Live;

namespace LxcNative.Netlink.Tests.Netfilter;

/// <summary>nft's rules read by us, ours by nft, in network namespaces of the test's own.</summary>
public sealed class NetfilterLiveTests
{
    private const string Script = """
        table inet t {
          comment "a table's words"
          chain base { type filter hook input priority filter + 5; policy drop;
            tcp dport 22 ct state new limit rate 5/second burst 9 packets counter packets 3 bytes 333 accept comment "a rule's words"
            ip daddr 10.1.0.0/16 meta mark set 0x7
            ip6 saddr fd00::/8 ct mark set 0x9 jump other
            ct original packets > 7 return
            log prefix "unknown to us " level debug
            ip saddr != 10.0.0.1-10.0.0.9 goto other
          }
          chain other {
            meta iifname "lo" accept
            tcp flags & (syn | ack) == syn reject with tcp reset
          }
        }
        table arp a { chain c { type filter hook output priority 0; policy accept; arp operation request counter drop
        }
        }
        table netdev n { chain i { type filter hook ingress devices = { lo, veth0 } priority -500; policy accept; ether type 0x88b5 drop
         }
         chain e { type filter hook egress device "lo" priority 0; policy accept; counter
         }
        }

        """;

    [Fact]
    public void WhatNftMadeIsReadAndWrittenIntoAnotherNamespaceAlike()
    {
        using TestNamespace here = WithVeth(), there = WithVeth();
        Load(here, Script);
        using NetfilterSocket source = NetfilterSocket.OpenIn(here.Descriptor), target = NetfilterSocket.OpenIn(there.Descriptor);
        var batch = new Batch { AcknowledgesEach = true };
        foreach (var table in source.ListTables())
            batch.Add(table, isNew: true);
        foreach (var chain in source.ListChains())
            batch.Add(chain, isNew: true);
        foreach (var rule in source.ListRules())
            batch.Add(rule with { Position = null });
        target.Execute(batch);
        Assert.Equal(here.Run("nft list ruleset"), there.Run("nft list ruleset"));
    }

    [Fact]
    public void EveryFieldThatNftSetIsRead()
    {
        using var here = WithVeth();
        Load(here, Script);
        using var socket = NetfilterSocket.OpenIn(here.Descriptor);
        var table = Assert.Single(socket.ListTables(TableFamily.Inet));
        Assert.Equal("t", table.Name);
        Assert.NotNull(table.Handle);
        Assert.Equal(2u, table.UseCount);
        Assert.True(UserdataComment.TryDecode(table.Userdata.Span, out var words));
        Assert.Equal("a table's words", words);
        Assert.Empty(table.Unknown);
        Assert.Equal(3, socket.ListTables().Count);

        Chain chain = Assert.Single(socket.ListChains(TableFamily.Inet), chain => chain.Name == "base");
        Assert.Equal(((uint)InetHook.Input, 5), (chain.Hook!.Number, chain.Hook.Priority));
        Assert.Equal(Verdict.Drop, chain.Policy);
        Assert.Null(Assert.Single(socket.ListChains(TableFamily.Inet), other => other.Name == "other").Hook);
        Assert.Equal(["lo", "veth0"], socket.ListChains(TableFamily.Netdev).Single(ingress => ingress.Name == "i").Hook!.Devices.Order());

        var rules = socket.ListRules(TableFamily.Inet, "t", "base");
        Assert.Equal(6, rules.Count);
        Assert.Equal(
            ["meta", "cmp", "payload", "cmp", "ct", "bitwise", "cmp", "limit", "counter", "immediate"],
            rules[0].Expressions.Select(expression => expression.Name));
        Assert.Contains(new LimitExpression(5, 1, 9), rules[0].Expressions);
        Assert.Contains(new CounterExpression(3, 333), rules[0].Expressions);
        Assert.Contains(new ConnectionExpression(NFT_CT.NFT_CT_STATE, NFT_REG.NFT_REG_1), rules[0].Expressions);
        Assert.Equal(Verdict.Accept, Assert.IsType<ImmediateExpression>(rules[0].Expressions[^1]).Verdict);
        Assert.Contains(new MetaExpression(NFT_META.NFT_META_MARK, Destination: null, Source: NFT_REG.NFT_REG_1), rules[1].Expressions);
        Assert.Equal(Verdict.Jump("other"), Assert.IsType<ImmediateExpression>(rules[2].Expressions[^1]).Verdict);
        Assert.Equal(["log"], rules[4].Expressions.OfType<UnknownExpression>().Select(expression => expression.Kind));
        Assert.Single(socket.ListRules(TableFamily.Arp));
        Assert.All(rules.SelectMany(rule => rule.Expressions).Where(expression => expression.Name is not ("log" or "range" or "byteorder")),
            expression => Assert.IsNotType<UnknownExpression>(expression));
    }

    [Fact]
    public void SetsAreListedAndLookupsName()
    {
        using TestNamespace here = new();
        Load(here, "table ip t { set s { type ipv4_addr; flags interval; }\n chain c { ip saddr @s drop\n ip daddr != { 10.0.0.1, 10.0.0.2 } accept\n }\n}\n");
        using var socket = NetfilterSocket.OpenIn(here.Descriptor);
        var sets = socket.ListSets(TableFamily.IPv4);
        Assert.Equal(2, sets.Count);
        var named = Assert.Single(sets, set => set.Name == "s");
        Assert.Equal((NFT_SET.NFT_SET_INTERVAL, 7u, 4u), (named.Flags, named.KeyType, named.KeyLength));
        var rules = socket.ListRules(TableFamily.IPv4, "t", "c");
        Assert.Equal("s", rules[0].Expressions.OfType<LookupExpression>().Single().Set);
        Assert.True(rules[1].Expressions.OfType<LookupExpression>().Single().IsInverted);
    }

    [Fact]
    public void RulesAreInsertedReplacedAndDeletedByHandle()
    {
        using TestNamespace here = new();
        using var socket = NetfilterSocket.OpenIn(here.Descriptor);
        var table = new Table(TableFamily.Inet, "t");
        var chain = new Chain(TableFamily.Inet, "t", "c");
        var rule = new Rule(TableFamily.Inet, "t", "c") { Expressions = [new CounterExpression(1, 1)] };
        socket.Execute(new Batch().Add(table).Add(chain).Add(rule).Insert(rule with { Expressions = [new CounterExpression(2, 2)] }));
        var rules = socket.ListRules(TableFamily.Inet, "t", "c");
        Assert.Equal([2ul, 1ul], Counters(rules));
        socket.Execute(new Batch().Replace(rules[0] with { Expressions = [new CounterExpression(3, 3)] })
            .Add(rule with { Position = rules[0].Handle, Expressions = [new CounterExpression(4, 4)] }));
        rules = socket.ListRules(TableFamily.Inet, "t", "c");
        Assert.Contains("counter packets 3 bytes 3", here.Run("nft list ruleset"), StringComparison.Ordinal);
        Assert.Equal([3ul, 4ul, 1ul], Counters(rules));
        socket.Execute(new Batch().Delete(rules[0]).Destroy(rules[1]));
        Assert.Single(socket.ListRules(TableFamily.Inet, "t", "c"));
        socket.Execute(new Batch().Delete(rule).Delete(chain).Destroy(chain).Delete(table).Destroy(table));
        Assert.Empty(here.Run("nft list ruleset"));

    }

    [Fact]
    public void OneRefusedChangeLeavesNothingOfTheBatch()
    {
        using TestNamespace here = new();
        using var socket = NetfilterSocket.OpenIn(here.Descriptor);
        var generation = socket.GetGeneration().Id;
        var batch = new Batch()
            .Add(new Table(TableFamily.Inet, "t"))
            .Add(new Chain(TableFamily.Inet, "t", "c") { Hook = new ChainHook(InetHook.Input, 0) })
            .Add(new Rule(TableFamily.Inet, "t", "c") { Expressions = [new ImmediateExpression(Verdict.Jump("nowhere"))] });
        var refusal = Assert.Throws<BatchException>(() => socket.Execute(batch));
        Assert.Equal((2, Errno.ENOENT), (refusal.Index, refusal.Errno));
        Assert.StartsWith("add rule inet t c: nf_tables NEWRULE", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(here.Run("nft list ruleset"));
        Assert.Equal(generation, socket.GetGeneration().Id);
    }

    [Fact]
    public void ARefusalNamesTheAttribute()
    {
        using TestNamespace here = new();
        using var socket = NetfilterSocket.OpenIn(here.Descriptor);
        var refusal = Assert.Throws<BatchException>(() => socket.Execute(new Batch()
            .Add(new Table(TableFamily.Inet, "t")).Add(new Chain(TableFamily.Inet, "t", "c"))
            .Add(new Rule(TableFamily.Inet, "t", "c") { Expressions = [new CounterExpression(), new UnknownExpression("nonesuch", [])] })));
        Assert.Contains("NEWRULE > EXPRESSIONS > LIST_ELEM", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<BatchException>(() => socket.Execute(new Batch().Delete(new Table(TableFamily.Inet, "nowhere"))));
        Assert.Contains("delete table inet nowhere: nf_tables DELTABLE > NAME: ENOENT", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ValidatingChangesNothing()
    {
        using TestNamespace here = new();
        using var socket = NetfilterSocket.OpenIn(here.Descriptor);
        var batch = new Batch().Add(new Table(TableFamily.Inet, "t"), isNew: true)
            .Add(new Chain(TableFamily.Inet, "t", "c") { Hook = new ChainHook(InetHook.Input, 0) });
        socket.Validate(batch);
        Assert.Empty(here.Run("nft list ruleset"));
        socket.Execute(batch);
        Assert.Throws<InvalidOperationException>(() => socket.Validate(batch));
        var refusal = Assert.Throws<BatchException>(() => socket.Validate(new Batch().Add(new Table(TableFamily.Inet, "t"), isNew: true)));
        Assert.Equal(Errno.EEXIST, refusal.Errno);
    }

    [Fact]
    public void ABatchOfAnotherGenerationIsRefused()
    {
        using TestNamespace here = new();
        using var socket = NetfilterSocket.OpenIn(here.Descriptor);
        var generation = socket.GetGeneration().Id;
        socket.Execute(new Batch(generation).Add(new Table(TableFamily.Inet, "t")));
        var refusal = Assert.Throws<BatchException>(() => socket.Execute(new Batch(generation).Add(new Table(TableFamily.Inet, "u"))));
        Assert.Equal(-1, refusal.Index);
    }

    [Fact]
    public void AnOwnedTableGoesWithItsSocketAndIsClosedToOthers()
    {
        using TestNamespace here = new();
        using var other = NetfilterSocket.OpenIn(here.Descriptor);
        var owned = new Table(TableFamily.Inet, "t") { Flags = TableFlags.Owner };
        using (var owner = NetfilterSocket.OpenIn(here.Descriptor))
        {
            owner.Execute(new Batch().Add(owned, isNew: true));
            var seen = other.FindTable(TableFamily.Inet, "t");
            Assert.Equal((TableFlags.Owner, owner.PortId), (seen!.Flags, seen.OwnerPortId));
            Assert.Equal(Errno.EPERM, Assert.Throws<BatchException>(() => other.Execute(new Batch().Delete(owned))).Errno);
        }

        // A program that another test starts at this moment has the socket, too, until its exec.
        Assert.True(SpinWait.SpinUntil(() => other.FindTable(TableFamily.Inet, "t") is null, TimeSpan.FromSeconds(10)));
    }

    private static IEnumerable<ulong> Counters(List<Rule> rules) => rules.Select(rule => rule.Expressions.OfType<CounterExpression>().Single().Packets);

    private static TestNamespace WithVeth()
    {
        var made = new TestNamespace();
        made.Run("ip link add veth0 type veth peer name veth1");
        return made;
    }

    private static void Load(TestNamespace target, string script)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, script);
            target.Run($"nft -f {path}");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
