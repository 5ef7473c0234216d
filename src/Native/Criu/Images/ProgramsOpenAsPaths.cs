using LxcNative.Native.Uapi;

namespace LxcNative.Native.Criu.Images;

/// <summary>Gives the executables of tasks entries of their own, where another task has the same file open as a path alone (O_PATH).</summary>
/// <remarks>criu 4.2.1 takes one entry for both, whichever comes first, and opens the executable as that says: the kernel refuses to make an O_PATH
/// descriptor a task's executable (EBADF). systemd 255 and later have systemd-executor open so, and every service is that program for a moment.
/// Everything else of the images is kept as it is, unknown fields included. Of images/fdinfo.proto: 2 id, 3 reg; of images/regfile.proto: 1 id, 2 flags;
/// of images/mm.proto: 12 exe_file_id.</remarks>
internal static class ProgramsOpenAsPaths
{
    private const int EntryId = 2, Regular = 3, Id = 1, Flags = 2, Executable = 12;

    /// <summary>Finds them: the number that each file has, and one that is free.</summary>
    /// <param name="filesImage">The content of files.img.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="executables">The numbers of the tasks' executables (<see cref="ExecutableOf"/>).</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static IReadOnlyDictionary<uint, uint> Find(ReadOnlySpan<byte> filesImage, string file, IReadOnlySet<uint> executables)
    {
        var found = new SortedSet<uint>();
        var highest = 0u;
        var entries = new ImageEntries(filesImage, ImageMagic.Files, file);
        while (entries.Next())
        {
            var entry = entries.Message;
            while (entry.Next())
            {
                if (entry.Field == EntryId)
                    highest = Math.Max(highest, entry.AsUInt32());
                else if (entry.Field == Regular && RegularFileEntry.Parse(entry.AsMessage()) is var regular && (regular.Flags & Fcntl.O_PATH) != 0
                    && executables.Contains(regular.Id))
                    found.Add(regular.Id);
            }
        }

        return found.Select((id, index) => (id, Free: highest + 1 + (uint)index)).ToDictionary(one => one.id, one => one.Free);
    }

    /// <summary>The number of a task's executable.</summary>
    /// <param name="image">The content of mm-PID.img.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static uint ExecutableOf(ReadOnlySpan<byte> image, string file)
    {
        var space = new ImageEntries(image, ImageMagic.AddressSpace, file).Single();
        var number = 0u;
        while (space.Next())
            if (space.Field == Executable)
                number = space.AsUInt32();
        space.Require("mm_entry", Executable);
        return number;
    }

    /// <summary>The bytes of files.img with an entry more for each, to be opened for reading.</summary>
    public static byte[] WithEntries(ReadOnlySpan<byte> filesImage, string file, IReadOnlyDictionary<uint, uint> numbers)
    {
        var written = new ImageWriter(ImageMagic.Files);
        var entries = new ImageEntries(filesImage, ImageMagic.Files, file);
        while (entries.Next())
        {
            written.Entry(entries.Bytes);
            var entry = entries.Message;
            while (entry.Next())
                if (entry.Field == Regular && numbers.TryGetValue(RegularFileEntry.Parse(entry.AsMessage()).Id, out var number))
                    written.Entry(MessageCopy.Of(entries, Regular, field => Readable(field, number)).Number(EntryId, number));
        }

        return written.Written.ToArray();
    }

    /// <summary>The bytes of mm-PID.img with the number of the entry of its own; null where it needs none.</summary>
    public static byte[]? WithExecutable(ReadOnlySpan<byte> image, string file, IReadOnlyDictionary<uint, uint> numbers)
    {
        if (!numbers.TryGetValue(ExecutableOf(image, file), out var number))
            return null;
        var entries = new ImageEntries(image, ImageMagic.AddressSpace, file);
        entries.Next();
        // Of a field that is there twice the last one counts.
        return new ImageWriter(ImageMagic.AddressSpace).Entry(new ProtobufWriter().Raw(entries.Bytes).Number(Executable, number)).Written.ToArray();
    }

    private static ProtobufWriter Readable(ProtobufReader field, uint number) =>
        MessageCopy.Without(field, Id, Flags).Number(Id, number).Number(Flags, 0);
}
