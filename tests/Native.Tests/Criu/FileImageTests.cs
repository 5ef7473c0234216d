using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

/// <summary>Which files tasks run, which criu makes again, and what it expects of the others.</summary>
public sealed class FileImageTests
{
    // PROT_READ|PROT_EXEC and PROT_READ; VMA_AREA_REGULAR|VMA_FILE_PRIVATE, |VMA_FILE_SHARED and |VMA_ANON_PRIVATE.
    [Fact]
    public void AProgramIsWhatATaskWasStartedFromAndWhatItHasMappedAsCode()
    {
        var image = new ImageWriter(ImageMagic.AddressSpace).Entry(new ProtobufWriter().Number(1, 0x400000).Number(12, 7)
            .Message(14, Area(8, 5, 0x41)).Message(14, Area(9, 1, 0x41)).Message(14, Area(10, 7, 0x81)).Message(14, Area(11, 7, 0x201))).Written;

        Assert.True(ProgramFiles.Parse(image, "mm-1.img").SetEquals([7, 8, 10]));
    }

    [Fact]
    public void WhatCriuMakesAgainIsAFileAndWhatStandsForIt()
    {
        var image = new ImageWriter(ImageMagic.Remaps).Entry(new ProtobufWriter().Number(1, 3).Number(2, 1).Number(3, 1))
            .Entry(new ProtobufWriter().Number(1, 5).Number(2, 6).Number(3, 0)).Written;

        Assert.True(RemappedFiles.Parse(image, "remap-fpath.img").SetEquals([3, 5, 6]));
    }

    [Fact]
    public void SizeAndModeAreReplacedWhereTheyAreAndNothingElse()
    {
        // Field 42 stands for what a newer criu writes.
        static ProtobufWriter File(uint id, ulong? size, uint? mode, bool ends)
        {
            var regular = new ProtobufWriter().Number(1, id).Number(2, 2).Number(3, 0).Text(6, "/data");
            if (!ends && size is { } early)
                regular.Number(8, early);
            regular.Number(42, 1);
            if (ends && size is { } late)
                regular.Number(8, late);
            if (mode is { } bits)
                regular.Number(10, bits);
            return new ProtobufWriter().Number(1, 1).Number(2, id).Message(3, regular);
        }

        var timer = new ProtobufWriter().Number(1, 12).Number(2, 9).Number(43, 1);
        var image = new ImageWriter(ImageMagic.Files).Entry(File(1, 5, 0x81a4, false)).Entry(timer).Entry(File(2, null, 0x81a4, false))
            .Entry(File(3, 5, 0x81a4, false)).Written;
        var expected = new Dictionary<uint, (ulong, uint)> { [1] = (ulong.MaxValue, 0x8180), [2] = (7, 0x8180) };

        Assert.Equal(
            new ImageWriter(ImageMagic.Files).Entry(File(1, ulong.MaxValue, 0x8180, true)).Entry(timer).Entry(File(2, null, 0x8180, true))
                .Entry(File(3, 5, 0x81a4, false)).Written.ToArray(),
            ExpectedFiles.With(image, "files.img", expected));
    }

    private static ProtobufWriter Area(uint file, uint protection, uint status) =>
        new ProtobufWriter().Number(1, 0).Number(2, 4096).Number(3, 0).Number(4, file).Number(5, protection).Number(6, 2).Number(7, status);
}
