namespace LxcNative.Native.Criu.Images;

/// <summary>The files of a set of images whose content tasks run: their executables, and what they have mapped as code.</summary>
/// <remarks>Of images/mm.proto: 12 exe_file_id.</remarks>
internal static class ProgramFiles
{
    // PROT_EXEC (asm-generic/mman-common.h).
    private const uint Execute = 4;

    // VMA_FILE_PRIVATE and VMA_FILE_SHARED (criu/include/image.h): shmid is the number of a file then.
    private const uint OfFile = 1 << 6 | 1 << 7;

    /// <summary>The numbers of those files, of all tasks.</summary>
    /// <param name="directory">Where the images are.</param>
    /// <exception cref="MalformedImageException">One is not what criu writes.</exception>
    /// <exception cref="IOException">One cannot be read.</exception>
    public static IReadOnlySet<uint> Read(string directory)
    {
        var files = new HashSet<uint>();
        foreach (var path in Directory.EnumerateFiles(directory, "mm-*.img"))
            files.UnionWith(Parse(File.ReadAllBytes(path), path));
        return files;
    }

    /// <summary>Those of one task.</summary>
    /// <param name="image">The content of mm-PID.img.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static IReadOnlySet<uint> Parse(ReadOnlySpan<byte> image, string file)
    {
        var files = new HashSet<uint>();
        var space = new ImageEntries(image, ImageMagic.AddressSpace, file).Single();
        while (space.Next())
        {
            if (space.Field == 12)
                files.Add(space.AsUInt32());
            else if (space.Field == MemoryArea.Field && MemoryArea.Parse(space.AsMessage()) is var area
                && (area.Protection & Execute) != 0 && (area.Status & OfFile) != 0)
                files.Add((uint)area.File);
        }

        return files;
    }
}
