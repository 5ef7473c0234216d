using CsCheck;
using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

public sealed class ProtobufTests
{
    private static readonly Gen<(int Field, ulong Number)> Fields = Gen.Select(Gen.Int[1, 0x1FFFFFFF], Gen.ULong);

    private static readonly string[] ImageNames =
        ["inventory.img", "mountpoints.img", "pstree.img", "netdev.img", "netns.img", "core-1.img", "core-2.img", "files.img", "stats-dump", "stats-restore"];

    /// <summary>Examples of protobuf.dev, "Encoding": field 1 is 150; field 2 is "testing"; field 4 is packed 3, 270, 86942.</summary>
    [Fact]
    public void PublishedExamplesAreRead()
    {
        var reader = new ProtobufReader(Convert.FromHexString("089601" + "120774657374696e67" + "2206038e029ea705"), "example");
        Assert.True(reader.Next());
        Assert.Equal((1, 150u, 1L), (reader.Field, reader.AsUInt32(), reader.ValueOffset));
        Assert.True(reader.Next());
        Assert.Equal((2, "testing", 5L), (reader.Field, reader.AsText(), reader.ValueOffset));
        Assert.True(reader.Next());
        var numbers = new List<uint>();
        reader.AddUInt32s(numbers);
        Assert.Equal([3u, 270u, 86942u], numbers);
        Assert.False(reader.Next());
    }

    [Theory]
    [InlineData("00", "field number 0")]
    [InlineData("08", "ends inside of a number")]
    [InlineData("08ffffffffffffffffff02", "longer than 64 bits")]
    [InlineData("08ffffffffffffffffffff01", "longer than 64 bits")]
    [InlineData("0b", "wire type 3")]
    [InlineData("0f", "wire type 7")]
    [InlineData("0a05aabb", "wants 5 bytes of 2")]
    [InlineData("0affffffffffffffffff01", "wants 18446744073709551615 bytes of 0")]
    [InlineData("0d000000", "wants 4 bytes of 3")]
    [InlineData("0900000000000000", "wants 8 bytes of 7")]
    [InlineData("8080808010aa", "field number 536870912")]
    public void MalformedMessageIsRefused(string hex, string reason)
    {
        var failure = Assert.Throws<MalformedImageException>(() =>
        {
            var reader = new ProtobufReader(Convert.FromHexString(hex), "bytes", 100);
            while (reader.Next())
            {
            }
        });
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("bytes at byte 1", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("088080808010", "more than 32 bits")]
    [InlineData("0a00", "is not a number")]
    public void NumberThatDoesNotFitIsRefused(string hex, string reason)
    {
        var failure = Assert.Throws<MalformedImageException>(() =>
        {
            var reader = new ProtobufReader(Convert.FromHexString(hex), "bytes");
            reader.Next();
            _ = reader.AsUInt32();
        });
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("08ffffffffffffffffff01", -1)] // int32 is sign-extended to 64 bits
    [InlineData("087f", 127)]
    [InlineData("0880808080f8ffffffff01", int.MinValue)]
    public void SignedNumberIsRead(string hex, int expected)
    {
        var reader = new ProtobufReader(Convert.FromHexString(hex), "bytes");
        reader.Next();
        Assert.Equal(expected, reader.AsInt32());
    }

    [Theory]
    [InlineData("0800", 0)]
    [InlineData("0801", -1)]
    [InlineData("0802", 1)]
    [InlineData("08ffffffff0f", int.MinValue)]
    public void ZigzagNumberIsRead(string hex, int expected)
    {
        var reader = new ProtobufReader(Convert.FromHexString(hex), "bytes");
        reader.Next();
        Assert.Equal(expected, reader.AsSInt32());
    }

    [Fact]
    public void WhatIsWrittenIsRead() => Gen.Select(Fields.Array[0, 20], Gen.Byte.Array[0, 40]).Sample((fields, tail) =>
    {
        var writer = new ProtobufWriter();
        foreach (var (field, number) in fields)
            writer.Number(field, number);
        writer.Bytes(7, tail);
        var reader = new ProtobufReader(writer.Written, "written");
        foreach (var (field, number) in fields)
        {
            if (!reader.Next() || reader.Field != field || reader.AsUInt64() != number)
                return false;
        }
        return reader.Next() && reader.AsBytes().SequenceEqual(tail) && !reader.Next();
    });

    [Fact]
    public void RandomBytesAreReadOrRefused() => Gen.Byte.Array[0, 64].Sample(bytes =>
    {
        try
        {
            var reader = new ProtobufReader(bytes, "random");
            while (reader.Next())
            {
                if (reader.ValueOffset > bytes.Length)
                    return false;
                if (reader.WireType == ProtobufWireType.LengthDelimited)
                    reader.AddUInt32s(new List<uint>());
            }
            return true;
        }
        catch (MalformedImageException failure)
        {
            return failure.Offset <= bytes.Length;
        }
    });

    [Fact]
    public void MutatedImagesAreReadOrRefused() =>
        Gen.Select(Gen.Int[0, ImageNames.Length - 1], Gen.Select(Gen.Int, Gen.Byte).Array[1, 6], Gen.Int[0, 16]).Sample((which, changes, cut) =>
    {
        var name = ImageNames[which];
        var image = FixtureImages.Bytes(name);
        foreach (var (position, value) in changes)
            image[(int)((uint)position % (uint)image.Length)] = value;
        try
        {
            FixtureReaders.Read(name, image.AsSpan(0, Math.Max(0, image.Length - cut)));
        }
        catch (MalformedImageException failure)
        {
            return failure.Offset <= image.Length;
        }
        return true;
    }, iter: 20_000);
}
