namespace LxcNative.Native.Criu.Images;

/// <summary>Makes what is open as /dev/tty the terminal itself that this stands for.</summary>
/// <remarks>criu 4.2.1 dumps /dev/tty only where one process has both that and its terminal open, and is in the foreground: no shell that keeps it open, but
/// for one. Told that it is given from outside, criu dumps each with the session that it belongs to, and without a path. Opened by that name at the restore,
/// perhaps by a process whom the terminal does not control yet, it might not be there; the terminal is, and is what the kernel opened by that name. Of
/// images/fdinfo.proto: 19 tty; of images/tty.proto: 1 id, 2 tty_info_id, 6 regf_id.</remarks>
internal static class TtyFiles
{
    private const int Tty = 19, FileId = 1, Terminal = 2, Path = 6;

    /// <summary>The terminals that stand for /dev/tty, by the number of the latter in the images.</summary>
    /// <param name="terminals">What is in tty-info.img.</param>
    /// <param name="unknown">The sessions whose terminal nobody has open; 0 for what belongs to none.</param>
    public static IReadOnlyDictionary<uint, TerminalEntry> Find(IReadOnlyList<TerminalEntry> terminals, out IReadOnlyList<uint> unknown)
    {
        var slaves = terminals.Where(terminal => terminal.IsSlave).ToList();
        var controlling = new Dictionary<uint, TerminalEntry>();
        // Of a pair it may be the master alone that tells whom it controls.
        foreach (var terminal in terminals.Where(terminal => terminal is { Session: not 0, IsTty: false }))
            if ((terminal.IsSlave ? terminal : slaves.FirstOrDefault(slave => slave.Id == terminal.SlaveId)) is { } slave)
                controlling.TryAdd(terminal.Session, slave);
        var named = terminals.ToLookup(terminal => terminal.IsTty && controlling.ContainsKey(terminal.Session));
        unknown = [.. named[false].Where(terminal => terminal.IsTty).Select(terminal => terminal.Session).Distinct()];
        return named[true].ToDictionary(terminal => terminal.Id, terminal => controlling[terminal.Session]);
    }

    /// <summary>The bytes of files.img in which each is the terminal, opened by the name that another has that open by.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="instead">What <see cref="Find"/> found.</param>
    /// <param name="given">Of these, those whose terminal is given from outside, and has no name: they keep entries of their own in tty-info.img.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[] WithTerminals(
        ReadOnlySpan<byte> image, string file, IReadOnlyDictionary<uint, TerminalEntry> instead, out IReadOnlyDictionary<uint, TerminalEntry> given)
    {
        var names = NamesOf(image, file);
        given = instead.Where(one => !names.ContainsKey(one.Value.Id)).ToDictionary();
        var written = new ImageWriter(ImageMagic.Files);
        var entries = new ImageEntries(image, ImageMagic.Files, file);
        while (entries.Next())
            written.Entry(MessageCopy.Of(entries, Tty, field =>
            {
                var same = MessageCopy.Same(field);
                return instead.TryGetValue(Parse(field.AsMessage()).Terminal, out var other) && names.TryGetValue(other.Id, out var name)
                    // Of a number that is there twice the last one counts.
                    ? same.Number(Terminal, other.Id).Number(Path, name)
                    : same;
            }));
        return written.Written.ToArray();
    }

    // By the terminals' numbers, the numbers of the files that name them.
    private static Dictionary<uint, uint> NamesOf(ReadOnlySpan<byte> image, string file)
    {
        var names = new Dictionary<uint, uint>();
        var entries = new ImageEntries(image, ImageMagic.Files, file);
        while (entries.Next())
        {
            var reader = entries.Message;
            while (reader.Next())
                if (reader.Field == Tty && Parse(reader.AsMessage()) is { Name: { } name } tty)
                    names.TryAdd(tty.Terminal, name);
        }

        return names;
    }

    private static (uint Terminal, uint? Name) Parse(ProtobufReader reader)
    {
        uint terminal = 0;
        uint? name = null;
        while (reader.Next())
        {
            if (reader.Field == Terminal)
                terminal = reader.AsUInt32();
            else if (reader.Field == Path)
                name = reader.AsUInt32();
        }

        reader.Require("tty_file_entry", FileId, Terminal);
        return (terminal, name);
    }
}
