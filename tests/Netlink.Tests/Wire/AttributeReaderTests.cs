using CsCheck;
using LxcNative.Netlink.Errors;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Tests.Wire;

public class AttributeReaderTests
{
    // Mostly zeros and small numbers, so that lengths are often nearly right.
    private static readonly Gen<byte> SmallBytes = Gen.OneOf(Gen.Const((byte)0), Gen.Byte[0, 24], Gen.Byte);

    [Theory]
    [InlineData("04 00 01", "attribute header: 3 bytes where 4 are needed")]
    [InlineData("00 00 01 00", "attribute 1: length 0, with 4 bytes left")]
    [InlineData("03 00 01 00", "attribute 1: length 3, with 4 bytes left")]
    [InlineData("09 00 01 80 00 00 00 00", "attribute 1: length 9, with 8 bytes left")]
    [InlineData("ff ff 02 00 00 00 00 00", "attribute 2: length 65535, with 8 bytes left")]
    [InlineData("04 00 01 00 05 00", "attribute header: 2 bytes where 4 are needed")]
    public void LengthThatDoesNotFitIsRejected(string bytes, string expected)
    {
        var exception = Assert.Throws<NetlinkProtocolException>(() => Walk(Hex.Parse(bytes)));
        Assert.Equal(expected, exception.Message);
    }

    [Fact]
    public void WalkIsOverAfterAnError()
    {
        AttributeReader<HostEndian> reader = new(Hex.Parse("00 00 01 00  08 00 02 00 01 02 03 04"));
        var threw = false;
        try
        {
            reader.MoveNext();
        }
        catch (NetlinkProtocolException)
        {
            threw = true;
        }

        Assert.True(threw);
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void LastAttributeMayLackItsPadding()
    {
        AttributeReader<HostEndian> reader = new(Hex.Parse("05 00 01 00 2a"));
        Assert.True(reader.MoveNext());
        Assert.Equal(42, reader.Current.AsByte());
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void FlagBitsAreNotPartOfTheType()
    {
        AttributeReader<HostEndian> reader = new(Hex.Parse("04 00 03 c0"));
        Assert.True(reader.MoveNext());
        Assert.Equal(3, reader.Current.Type);
        Assert.True(reader.Current.IsNested);
        Assert.True(reader.Current.IsNetByteOrder);
        Assert.Equal(0xc003, reader.Current.ToOwned().RawType);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(9)]
    public void NumbersHaveTheirExactLength(int length)
    {
        OwnedAttribute attribute = new(1, new byte[length]);
        Assert.Equal(length != 1, Throws(attribute, a => a.AsByte()));
        Assert.Equal(length != 2, Throws(attribute, a => a.AsUInt16()));
        Assert.Equal(length != 4, Throws(attribute, a => a.AsUInt32()));
        Assert.Equal(length != 8, Throws(attribute, a => a.AsUInt64()));
    }

    [Theory]
    [InlineData("65 74 68 30 00", "eth0")]
    [InlineData("65 74 68 30", "eth0")]
    [InlineData("65 74 68 30 00 00 00", "eth0")]
    [InlineData("", "")]
    [InlineData("c3 bc", "ü")]
    public void TextEndsAtItsNul(string bytes, string expected) => Assert.Equal(expected, Read(new OwnedAttribute(1, Hex.Parse(bytes)), a => a.AsString()));

    [Fact]
    public void TextWithANulInsideIsRejected() => Assert.True(Throws(new OwnedAttribute(1, Hex.Parse("65 00 68")), a => a.AsString()));

    [Fact]
    public void StructuresThatGrowAreFilledWithZerosOrCut()
    {
        Assert.Equal(0x0000000000000201UL, Read(new OwnedAttribute(1, [1, 2]), a => a.AsGrowing<ulong>()));
        Assert.Equal(0x0807060504030201UL, Read(new OwnedAttribute(1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), a => a.AsGrowing<ulong>()));
    }

    [Fact]
    public void BytesOfAnyKindOnlyEverGiveAProtocolException() => SmallBytes.Array[0, 64].Sample(bytes =>
    {
        try
        {
            Walk(bytes);
        }
        catch (NetlinkProtocolException)
        {
            // The only thing that malformed bytes may lead to.
        }
    });

    private static void Walk(ReadOnlySpan<byte> bytes, int depth = 0)
    {
        foreach (var attribute in new AttributeReader<HostEndian>(bytes))
        {
            Assert.True(attribute.Value.Length <= bytes.Length);
            if (attribute.IsNested && depth < 8)
                Walk(attribute.Value, depth + 1);
        }
    }

    private delegate T Getter<out T>(Attribute<HostEndian> attribute);

    private static T Read<T>(OwnedAttribute attribute, Getter<T> getter)
    {
        MessageBuffer buffer = new();
        buffer.Attributes.Write(attribute);
        AttributeReader<HostEndian> reader = new(buffer.Written);
        Assert.True(reader.MoveNext());
        return getter(reader.Current);
    }

    private static bool Throws<T>(OwnedAttribute attribute, Getter<T> getter)
    {
        try
        {
            Read(attribute, getter);
            return false;
        }
        catch (NetlinkProtocolException)
        {
            return true;
        }
    }
}
