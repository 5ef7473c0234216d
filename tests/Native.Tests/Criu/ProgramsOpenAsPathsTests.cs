using LxcNative.Native.Criu.Images;

namespace LxcNative.Native.Tests.Criu;

public sealed class ProgramsOpenAsPathsTests
{
    private const uint PathAlone = 0x200000;

    [Fact]
    public void AnExecutableGetsAnEntryOfItsOwnThatCanBeRead()
    {
        var files = Files((1, PathAlone), (2, PathAlone), (7, 0));
        var space = Space(1);
        Assert.Equal(1U, ProgramsOpenAsPaths.ExecutableOf(space, "mm-1.img"));

        var numbers = ProgramsOpenAsPaths.Find(files, "files.img", new HashSet<uint> { 1, 7 });

        Assert.Equal((1U, 8U), (Assert.Single(numbers).Key, numbers[1]));
        Assert.Equal([(1U, PathAlone, "program 1"), (8U, 0U, "program 1"), (2U, PathAlone, "program 2"), (7U, 0U, "program 7")],
            FilesImage.Parse(ProgramsOpenAsPaths.WithEntries(files, "files.img", numbers), "files.img").Regular.Select(one => (one.Id, one.Flags, one.Name)));
        var mended = ProgramsOpenAsPaths.WithExecutable(space, "mm-1.img", numbers)!;
        Assert.Equal(8U, ProgramsOpenAsPaths.ExecutableOf(mended, "mm-1.img"));
        Assert.Null(ProgramsOpenAsPaths.WithExecutable(Space(7), "mm-2.img", numbers));
    }

    [Fact]
    public void WhereNoneIsNothingIsFound() =>
        Assert.Empty(ProgramsOpenAsPaths.Find(Files((1, PathAlone), (7, 0)), "files.img", new HashSet<uint> { 7 }));

    [Fact]
    public void ASpaceWithoutAnExecutableIsRefused() => Assert.Throws<MalformedImageException>(
        () => ProgramsOpenAsPaths.ExecutableOf(new ImageWriter(ImageMagic.AddressSpace).Entry(new ProtobufWriter().Number(1, 1)).Written, "mm-1.img"));

    private static byte[] Files(params (uint Id, uint Flags)[] files)
    {
        var image = new ImageWriter(ImageMagic.Files);
        foreach (var (id, flags) in files)
            image.Entry(new ProtobufWriter().Number(1, 1).Number(2, id).Message(3,
                new ProtobufWriter().Number(1, id).Number(2, flags).Number(3, 0).Text(6, $"program {id}").Number(8, 5)));
        return image.Written.ToArray();
    }

    private static byte[] Space(uint executable) =>
        new ImageWriter(ImageMagic.AddressSpace).Entry(new ProtobufWriter().Number(1, 3).Number(12, executable).Boolean(17, false)).Written.ToArray();
}
