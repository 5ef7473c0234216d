using LxcNative.Netlink.Netfilter;
using LxcNative.Netlink.Netfilter.Expressions;
using LxcNative.Netlink.Netfilter.Uapi;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Tests.Netfilter;

public sealed class BatchTests
{
    /// <summary>nft 1.0.6 with <c>strace -xx -e trace=sendmsg nft -f -</c> of: add table inet t; add chain inet t c { type filter hook prerouting
    /// priority -2147483648; policy accept; }; add rule inet t c meta mark != 0xc114 drop.</summary>
    [Fact]
    public void BatchIsWhatNftSends()
    {
        var batch = new Batch();
        batch.Add(new Table(TableFamily.Inet, "t"));
        batch.Add(new Chain(TableFamily.Inet, "t", "c") { Hook = new ChainHook(InetHook.Prerouting, int.MinValue), Policy = Verdict.Accept });
        batch.Add(new Rule(TableFamily.Inet, "t", "c")
        {
            Expressions =
            [
                new MetaExpression(NFT_META.NFT_META_MARK, NFT_REG.NFT_REG_1),
                new CompareExpression(NFT_REG.NFT_REG_1, NFT_CMP.NFT_CMP_NEQ, new byte[] { 0x14, 0xc1, 0, 0 }),
                new ImmediateExpression(Verdict.Drop),
            ],
        });
        batch.Seal();

        // nft asks with a sequence of its own, leaves NLM_F_CREATE out of tables, and for an acknowledgement of nothing.
        AssertMessages(
            batch,
            (16, MessageFlags.Request, "00 00 00 0a"),
            (0xa00, MessageFlags.Request | MessageFlags.Create, """
                01 00 00 00
                06 00 01 00 74 00 00 00
                08 00 02 00 00 00 00 00
                """),
            (0xa03, MessageFlags.Request | MessageFlags.Create, """
                01 00 00 00
                06 00 01 00 74 00 00 00
                06 00 03 00 63 00 00 00
                0b 00 07 00 66 69 6c 74 65 72 00 00                      // filter
                08 00 05 00 00 00 00 01                                  // policy accept
                14 00 04 80 08 00 01 00 00 00 00 00 08 00 02 00 80 00 00 00
                """),
            (0xa06, MessageFlags.Request | MessageFlags.Create | MessageFlags.Append | MessageFlags.Acknowledge, """
                01 00 00 00
                06 00 01 00 74 00 00 00
                06 00 02 00 63 00 00 00
                84 00 04 80
                24 00 01 80 09 00 01 00 6d 65 74 61 00 00 00 00          // meta
                14 00 02 80 08 00 02 00 00 00 00 03 08 00 01 00 00 00 00 01
                2c 00 01 80 08 00 01 00 63 6d 70 00                      // cmp
                20 00 02 80 08 00 01 00 00 00 00 01 08 00 02 00 00 00 00 01
                0c 00 03 80 08 00 01 00 14 c1 00 00
                30 00 01 80 0e 00 01 00 69 6d 6d 65 64 69 61 74 65 00 00 00
                1c 00 02 80 08 00 01 00 00 00 00 00
                10 00 02 80 0c 00 02 80 08 00 01 00 00 00 00 00
                """),
            (17, MessageFlags.Request, "00 00 00 0a"));
    }

    [Fact]
    public void AGenerationGoesIntoTheBeginning()
    {
        var batch = new Batch(generation: 7).Delete(new Table(TableFamily.Inet, "t"));
        batch.Seal();
        AssertMessages(
            batch, (16, MessageFlags.Request, "00 00 00 0a  08 00 01 00 00 00 00 07"),
            (0xa02, MessageFlags.Request | MessageFlags.Acknowledge, "01 00 00 00 06 00 01 00 74 00 00 00"), (17, MessageFlags.Request, "00 00 00 0a"));
    }

    [Fact]
    public void AnEmptyOrASealedBatchTakesNoMore()
    {
        Assert.Throws<InvalidOperationException>(() => new Batch().Seal());
        var batch = new Batch().Add(new Table(TableFamily.Inet, "t"));
        batch.Seal();
        batch.Seal();
        Assert.Throws<InvalidOperationException>(() => batch.Delete(new Table(TableFamily.Inet, "t")));
    }

    [Theory]
    [InlineData("a user's words")]
    [InlineData("")]
    public void ACommentIsReadBack(string comment)
    {
        Assert.True(UserdataComment.TryDecode(UserdataComment.Encode(comment), out var decoded));
        Assert.Equal(comment, decoded);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("00 05 61")]
    [InlineData("01 01 61")]
    public void WhatIsNoCommentIsNone(string userdata) => Assert.False(UserdataComment.TryDecode(Hex.Parse(userdata), out _));

    private static void AssertMessages(Batch batch, params (ushort Type, MessageFlags Flags, string Payload)[] expected)
    {
        var index = 0;
        foreach (var message in batch.Messages.Messages)
        {
            Assert.Equal(expected[index].Type, message.Header.Type);
            Assert.Equal(expected[index].Flags, message.Header.Flags);
            Assert.Equal(Convert.ToHexStringLower(Hex.Parse(expected[index].Payload)), Convert.ToHexStringLower(message.Payload));
            index++;
        }

        Assert.Equal(expected.Length, index);
    }
}
