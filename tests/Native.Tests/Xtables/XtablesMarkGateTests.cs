using System.Text.RegularExpressions;
using LxcNative.Native.Errors;
using LxcNative.Native.Xtables;

namespace LxcNative.Native.Tests.Xtables;

/// <summary>Against iptables-legacy and ip6tables-legacy, in a network namespace of the test's own.</summary>
public sealed partial class XtablesMarkGateTests
{
    private const string UserRules = """
        *filter
        :INPUT DROP [7:700]
        :FORWARD ACCEPT [0:0]
        :OUTPUT ACCEPT [11:1100]
        :empty - [0:0]
        :knock - [0:0]
        :last - [0:0]
        [3:333] -A INPUT -p tcp -m tcp --dport 22 -j knock
        [1:60] -A INPUT -i lo -j ACCEPT
        [0:0] -A FORWARD -g last
        [5:500] -A OUTPUT -m comment --comment "a user's words" -j knock
        [2:222] -A knock -m mark --mark 0x1/0xff -j last
        [9:999] -A knock -j RETURN
        [4:444] -A last -m mark ! --mark 0xc114 -j DROP
        [6:666] -A last -j LOG --log-prefix "last "
        COMMIT
        *mangle
        :PREROUTING ACCEPT [1:2]
        :INPUT ACCEPT [3:4]
        :FORWARD ACCEPT [5:6]
        :OUTPUT ACCEPT [7:8]
        :POSTROUTING ACCEPT [9:10]
        [1:1] -A PREROUTING -j MARK --set-xmark 0x7/0xffffffff
        COMMIT

        """;

    [Theory]
    [InlineData(XtablesFamily.IPv4, "filter", 3)]
    [InlineData(XtablesFamily.IPv6, "filter", 3)]
    [InlineData(XtablesFamily.IPv4, "raw", 2)]
    [InlineData(XtablesFamily.IPv6, "raw", 2)]
    [InlineData(XtablesFamily.IPv4, "mangle", 5)]
    public void IptablesSeesTheRuleAtTheHeadOfEveryChainAndNothingElseChanged(XtablesFamily family, string table, int chains) => FreshNetworkNamespace.Run(() =>
    {
        Restore(family, UserRules);
        using var socket = XtablesSocket.Open(family);
        var gate = new XtablesMarkGate(socket, table, 0xC114);
        Assert.False(gate.IsClosed);
        var before = Save(family);

        gate.Close();
        Assert.True(gate.IsClosed);
        var closed = Save(family);
        var section = Section(closed, table);
        string[] heads = [.. section.Where(line => line.Contains("-A", StringComparison.Ordinal)).DistinctBy(ChainOf)];
        Assert.Equal(chains, heads.Count(line => line.EndsWith("-m mark ! --mark 0xc114 -j DROP", StringComparison.Ordinal)
            && line.StartsWith("[0:0] -A ", StringComparison.Ordinal) && ChainOf(line) is not "last"));
        Assert.Equal(before, WithoutGate(closed, table));

        Assert.True(gate.Open());
        Assert.Equal(before, Save(family));
        Assert.False(gate.Open());
    });

    [Fact]
    public void AHundredCyclesLeaveNoTrace() => FreshNetworkNamespace.Run(() =>
    {
        Restore(XtablesFamily.IPv4, UserRules);
        using var socket = XtablesSocket.Open(XtablesFamily.IPv4);
        var gate = new XtablesMarkGate(socket, "filter", 0xC114);
        var before = Save(XtablesFamily.IPv4);
        var bytes = socket.Read("filter").Entries.ToArray();
        for (var cycle = 0; cycle < 100; cycle++)
        {
            gate.Close();
            Assert.True(gate.Open());
        }

        Assert.Equal(before, Save(XtablesFamily.IPv4));
        Assert.Equal(bytes, socket.Read("filter").Entries.ToArray());
    });

    [Fact]
    public void ATableThatTheKernelDoesNotHaveIsNamed() => FreshNetworkNamespace.Run(() =>
    {
        using var socket = XtablesSocket.Open(XtablesFamily.IPv4);
        var failure = Assert.Throws<SyscallException>(() => socket.Read("nonesuch"));
        Assert.Equal(Errno.ENOENT, failure.Errno);
        Assert.Contains("IPT_SO_GET_INFO of IPv4 nonesuch", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => socket.Read(new string('x', 32)));
    });

    [Fact]
    public void ARuleOfTheSameFormInsideAUserChainIsNotTaken() => FreshNetworkNamespace.Run(() =>
    {
        Restore(XtablesFamily.IPv4, UserRules);
        using var socket = XtablesSocket.Open(XtablesFamily.IPv4);
        var gate = new XtablesMarkGate(socket, "filter", 0xC114);
        Assert.False(gate.IsClosed);
        Assert.False(gate.Open());
        Assert.Contains("[4:444] -A last -m mark ! --mark 0xc114 -j DROP", Save(XtablesFamily.IPv4), StringComparison.Ordinal);
    });

    private static string Tool(XtablesFamily family, string verb) =>
        (family == XtablesFamily.IPv4 ? "iptables" : "ip6tables") + "-legacy-" + verb;

    private static void Restore(XtablesFamily family, string rules) => FreshNetworkNamespace.Execute(Tool(family, "restore"), "--counters", rules);

    private static string Save(XtablesFamily family) =>
        CommentLine().Replace(FreshNetworkNamespace.Execute(Tool(family, "save"), "--counters"), "");

    private static string[] Section(string saved, string table) =>
        [.. saved.Split('\n').SkipWhile(line => line != "*" + table).TakeWhile(line => line != "COMMIT")];

    private static string ChainOf(string line) => line.Split(' ')[2];

    private static string WithoutGate(string saved, string table)
    {
        var section = Section(saved, table);
        string[] kept = [.. section.Where(line => !(line.EndsWith("-m mark ! --mark 0xc114 -j DROP", StringComparison.Ordinal)
            && line.StartsWith("[0:0]", StringComparison.Ordinal)))];
        return saved.Replace(string.Join('\n', section), string.Join('\n', kept), StringComparison.Ordinal);
    }

    [GeneratedRegex("^#.*\n", RegexOptions.Multiline, "")]
    private static partial Regex CommentLine();
}
