using CsCheck;
using LxcNative.Netlink.Wire;

namespace LxcNative.Netlink.Tests.Wire;

public class MessageBufferTests
{
    [Fact]
    public void PaddingIsZeroWhateverTheMemoryHeld()
    {
        var memory = new byte[256];
        memory.AsSpan().Fill(0xff);
        MessageBuffer buffer = new(memory);
        using (buffer.Begin((ushort)16, MessageFlags.Request))
        {
            buffer.WriteFixedHeader((byte)0xaa);
            buffer.Attributes.Write((ushort)1, (byte)0x11);
            buffer.Attributes.Write((ushort)2, (ushort)0x2222);
            using (buffer.Attributes.Nest((ushort)3))
                buffer.Attributes.Write((ushort)4, "ab");
            buffer.Attributes.Write((ushort)5, new byte[] { 1, 2, 3, 4, 5 });
            buffer.Attributes.WriteFlag((ushort)6);
        }

        Assert.Equal(
            Convert.ToHexStringLower(Hex.Parse("""
                40 00 00 00 10 00 01 00 00 00 00 00 00 00 00 00  // header: length 64, type 16, NLM_F_REQUEST
                aa 00 00 00                                      // fixed header of one byte
                05 00 01 00 11 00 00 00
                06 00 02 00 22 22 00 00
                0c 00 03 80                                      // nest with NLA_F_NESTED
                07 00 04 00 61 62 00 00                          // "ab" with its NUL
                09 00 05 00 01 02 03 04 05 00 00 00
                04 00 06 00                                      // flag
                """)),
            Convert.ToHexStringLower(buffer.Written));
    }

    [Fact]
    public void BigEndianFamilyWritesAndReadsBigEndianEverywhere()
    {
        MessageBuffer buffer = new();
        var attributes = buffer.AttributesIn<BigEndian>();
        attributes.Write((ushort)1, (ushort)0x0102);
        using (attributes.Nest((ushort)2))
        {
            attributes.Write((ushort)3, 0x01020304u);
            attributes.Write((ushort)4, 0x0102030405060708ul);
        }

        Assert.Equal("06000100010200001800028008000300010203040c0004000102030405060708", Convert.ToHexStringLower(buffer.Written));
        AttributeReader<BigEndian> reader = new(buffer.Written);
        Assert.True(reader.MoveNext());
        Assert.Equal(0x0102, reader.Current.AsUInt16());
        Assert.True(reader.MoveNext());
        var nest = reader.Current.AsNest();
        Assert.True(nest.MoveNext());
        Assert.Equal(0x01020304u, nest.Current.AsUInt32());
        Assert.True(nest.MoveNext());
        Assert.Equal(0x0102030405060708ul, nest.Current.AsUInt64());
    }

    [Fact]
    public void ValueBeyondAnAttributeIsRefused()
    {
        MessageBuffer buffer = new();
        buffer.Attributes.Write((ushort)1, new byte[65531]);
        Assert.Throws<OverflowException>(() => buffer.Attributes.Write((ushort)1, new byte[65532]));
    }

    [Fact]
    public void NestBeyondAnAttributeIsRefused()
    {
        MessageBuffer buffer = new();
        Assert.Throws<OverflowException>(() =>
        {
            using (buffer.Attributes.Nest((ushort)1))
            {
                buffer.Attributes.Write((ushort)2, new byte[40000]);
                buffer.Attributes.Write((ushort)2, new byte[40000]);
            }
        });
    }

    [Fact]
    public void CallersMemoryIsNeverLeft()
    {
        MessageBuffer buffer = new(new byte[16]);
        buffer.Attributes.Write((ushort)1, new byte[12]);
        Assert.Throws<InvalidOperationException>(() => buffer.Attributes.WriteFlag((ushort)2));
        Assert.Equal(16, buffer.Length);
    }

    [Fact]
    public void TextWithANulInsideIsRefused() => Assert.Throws<ArgumentException>(() => new MessageBuffer().Attributes.Write((ushort)1, "a\0b"));

    [Fact]
    public void WhatIsWrittenIsRead() => Gen.Select(Gen.UShort[0, 0xffff], Gen.Byte.Array[0, 300], (type, value) => new OwnedAttribute(type, value))
        .Array[0, 20]
        .Sample(attributes =>
        {
            MessageBuffer buffer = new(1);
            using (buffer.Attributes.Nest((ushort)7))
            {
                foreach (var attribute in attributes)
                    buffer.Attributes.Write(attribute);
            }

            AttributeReader<HostEndian> outer = new(buffer.Written);
            Assert.True(outer.MoveNext());
            List<OwnedAttribute> read = [];
            foreach (var attribute in outer.Current.AsNest())
                read.Add(attribute.ToOwned());
            Assert.False(outer.MoveNext());
            return read.SequenceEqual(attributes);
        });
}
