using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

public sealed class NftablesImageTests
{
    private const string Lock =
        "table inet lxcnative {\n\tchain in {\n\t\ttype filter hook input priority -400; policy drop;\n\t\tmeta mark 0x0000c114 accept\n\t}\n}\n";

    private const string Nat = "# Warning: table ip nat is managed by iptables-nft, do not touch!\ntable ip nat {\n\tchain POSTROUTING {\n\t}\n}\n";

    /// <summary>Printed by nft 1.0.6: sets in braces, comments with braces and quoted names.</summary>
    private const string Nasty = """
        table inet fw {
        	comment "a } brace, a { brace and # no comment"
        	set ports {
        		type inet_service
        		flags interval
        		elements = { 22, 80-81,
        			     443 comment "table inet lxcnative {" }
        	}
        	map verdicts {
        		type ifname : verdict
        		elements = { "eth}0" : accept, "lo" : drop }
        	}
        	chain in { # handle 4
        		iifname { "eth0", "eth1" } tcp dport @ports accept comment "}}}"
        		log prefix "table inet lxcnative { "
        	}
        }

        """;

    [Theory]
    [InlineData("")]
    [InlineData(Nat)]
    [InlineData(Nasty)]
    public void OnlyTheTableIsTakenOut(string around)
    {
        Assert.Equal(around, NftablesImage.RemoveTable(around + Lock, "inet", "lxcnative"));
        Assert.Equal(around, NftablesImage.RemoveTable(Lock + around, "inet", "lxcnative"));
        Assert.Equal(around + Nat, NftablesImage.RemoveTable(around + Lock + Nat, "inet", "lxcnative"));
    }

    [Theory]
    [InlineData("ip", "lxcnative")]
    [InlineData("inet", "lxcnativ")]
    [InlineData("inet", "lxcnative2")]
    public void OtherTablesStay(string family, string name)
    {
        var text = Nat + Lock + Nasty;
        Assert.Same(text, NftablesImage.RemoveTable(text, family, name));
    }

    [Fact]
    public void TableIsTakenOutOfTextThatEndsWithIt()
    {
        Assert.Equal("", NftablesImage.RemoveTable(Lock.TrimEnd('\n'), "inet", "lxcnative"));
        Assert.Equal("table ip a {\n}\n", NftablesImage.RemoveTable("table ip a {\n}\ntable inet lxcnative { }", "inet", "lxcnative"));
    }

    [Fact]
    public void CommentWithAQuoteDoesNotHideATable() =>
        Assert.Equal("# it's \"open {\n", NftablesImage.RemoveTable("# it's \"open {\n" + Lock, "inet", "lxcnative"));

    [Theory]
    [InlineData("table inet lxcnative {\n")]
    [InlineData("table inet lxcnative { comment \"open\n}\n")]
    [InlineData("}\n")]
    public void TextThatIsNoRulesetIsRefused(string text) =>
        Assert.Throws<FormatException>(() => NftablesImage.RemoveTable(text, "inet", "lxcnative"));

    [Fact]
    public void EmptyTextHasNoTable() => Assert.Equal("", NftablesImage.RemoveTable("", "inet", "lxcnative"));
}
