using CsCheck;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Tests.Wire;

public class MessageReaderTests
{
    // Mostly zeros and small numbers, so that lengths are often nearly right.
    private static readonly Gen<byte> SmallBytes = Gen.OneOf(Gen.Const((byte)0), Gen.Byte[0, 24], Gen.Byte);

    [Theory]
    [InlineData("10 00 00 00 01 00 00 00")]
    [InlineData("0f 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00")]
    [InlineData("11 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00")]
    [InlineData("ff ff ff ff 01 00 00 00 00 00 00 00 00 00 00 00")]
    public void LengthThatDoesNotFitIsRejected(string bytes) => Assert.Throws<NetlinkProtocolException>(() => Count(Hex.Parse(bytes)));

    [Fact]
    public void UnalignedLastMessageIsComplete()
    {
        var datagram = Hex.Parse("""
            11 00 00 00  // length 17
            10 00 00 00 00 00 00 00 00 00 00 00
            2a           // one byte of payload, no padding
            """);
        MessageReader reader = new(datagram);
        Assert.True(reader.MoveNext());
        Assert.Equal([42], reader.Current.Payload.ToArray());
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void UnalignedMessageInTheMiddleIsPadded()
    {
        var datagram = Hex.Parse("""
            11 00 00 00 10 00 00 00 00 00 00 00 00 00 00 00 2a ff ff ff
            10 00 00 00 11 00 00 00 00 00 00 00 00 00 00 00
            """);
        Assert.Equal(2, Count(datagram));
    }

    [Fact]
    public void FixedHeaderLongerThanThePayloadIsRejected()
    {
        MessageReader reader = new(Hex.Parse("12 00 00 00 10 00 00 00 00 00 00 00 00 00 00 00 01 02"));
        Assert.True(reader.MoveNext());
        bool headerThrew = false, attributesThrew = false;
        try
        {
            reader.Current.FixedHeader<uint>();
        }
        catch (NetlinkProtocolException)
        {
            headerThrew = true;
        }

        try
        {
            reader.Current.Attributes(4);
        }
        catch (NetlinkProtocolException)
        {
            attributesThrew = true;
        }

        Assert.True(headerThrew && attributesThrew);
    }

    [Fact]
    public void BytesOfAnyKindOnlyEverGiveAProtocolException() => SmallBytes.Array[0, 80].Sample(bytes =>
    {
        try
        {
            Count(bytes);
        }
        catch (NetlinkProtocolException)
        {
            // The only thing that malformed bytes may lead to.
        }
    });

    private static int Count(ReadOnlySpan<byte> datagram)
    {
        var count = 0;
        foreach (var message in new MessageReader(datagram))
        {
            Assert.True(message.Payload.Length <= datagram.Length - MessageHeader.Size);
            count++;
        }

        return count;
    }
}
