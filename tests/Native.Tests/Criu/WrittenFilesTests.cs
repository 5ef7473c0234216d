using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

public sealed class WrittenFilesTests
{
    private const ulong Large = 1 << 20;

    // O_RDWR|O_APPEND, O_WRONLY|O_LARGEFILE, O_RDONLY|O_CLOEXEC.
    [Theory]
    [InlineData(0x402, 0x400)]
    [InlineData(0x8001, 0x8000)]
    [InlineData(0x80000, 0x80000)]
    public void ALargeFileIsOnlyReadAndItsOtherFlagsStay(uint flags, uint expected)
    {
        var image = Image(flags, Large + 1);
        Assert.Equal(flags == expected ? 0 : 1, WrittenFiles.OnlyRead(image, "files.img", Large));
        Assert.Equal(expected, FilesImage.Parse(image, "files.img").Regular.Single().Flags);
    }

    [Fact]
    public void ASmallOneStaysAsItIs()
    {
        var image = Image(2, Large);
        Assert.Equal(0, WrittenFiles.OnlyRead(image, "files.img", Large));
        Assert.Equal(2U, FilesImage.Parse(image, "files.img").Regular.Single().Flags);
    }

    private static byte[] Image(uint flags, ulong size) => new ImageWriter(ImageMagic.Files).Entry(new ProtobufWriter().Number(1, 1).Number(2, 1)
        .Message(3, new ProtobufWriter().Number(1, 1).Number(2, flags).Number(3, 0).Text(6, "log").Number(8, size))).Written.ToArray();
}
