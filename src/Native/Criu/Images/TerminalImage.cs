namespace LxcNative.Native.Criu.Images;

/// <summary>The settings of terminals (tty-info.img; tty_info_entry of images/tty.proto).</summary>
internal static class TerminalImage
{
    /// <summary>The image's name.</summary>
    public const string Name = "tty-info.img";

    /// <summary>The bytes of such a file with the sessions that terminals control; everything else is kept as it is. Null where nothing is missing.</summary>
    /// <remarks>criu asks whoever it finds first with the terminal open, and the kernel tells only the session that this one is in itself: a terminal that the
    /// container's init has open, and that controls somebody else, would control nobody after the restore.</remarks>
    /// <param name="image">The image.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="sessions">What is known; nothing is changed where criu knows it itself.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[]? WithSessions(ReadOnlySpan<byte> image, string file, IReadOnlyCollection<TerminalSession> sessions) =>
        With(image, file, terminal => terminal.Session == 0
            && sessions.FirstOrDefault(one => (uint)one.Device == terminal.Device && (uint)one.Devpts == terminal.Devpts) is { Session: > 0 } session
                ? message => message.Number(TerminalEntry.SessionField, (ulong)session.Session).Number(TerminalEntry.GroupField, (ulong)session.Group)
                : null);

    /// <summary>The bytes of such a file with terminals that are others; everything else is kept as it is. Null where there is none.</summary>
    /// <param name="image">The image.</param>
    /// <param name="file">Its path, for errors.</param>
    /// <param name="instead">By their numbers, what they are.</param>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static byte[]? WithDevices(ReadOnlySpan<byte> image, string file, IReadOnlyDictionary<uint, TerminalEntry> instead) =>
        With(image, file, terminal => instead.GetValueOrDefault(terminal.Id) is { } other
            ? message => message.Number(TerminalEntry.DeviceField, other.Device).Number(TerminalEntry.DevptsField, other.Devpts)
            : null);

    /// <summary>The terminals of such a file.</summary>
    /// <exception cref="MalformedImageException">It is not what criu writes.</exception>
    public static IReadOnlyList<TerminalEntry> Parse(ReadOnlySpan<byte> image, string file)
    {
        var terminals = new List<TerminalEntry>();
        var entries = new ImageEntries(image, ImageMagic.TerminalSettings, file);
        while (entries.Next())
            terminals.Add(TerminalEntry.Parse(entries.Message));
        return terminals;
    }

    // Null: it is kept as it is. Of a number that is there twice the last one counts.
    private static byte[]? With(ReadOnlySpan<byte> image, string file, Func<TerminalEntry, Func<ProtobufWriter, ProtobufWriter>?> change)
    {
        var written = new ImageWriter(ImageMagic.TerminalSettings);
        var isChanged = false;
        var entries = new ImageEntries(image, ImageMagic.TerminalSettings, file);
        while (entries.Next())
        {
            var add = change(TerminalEntry.Parse(entries.Message));
            isChanged |= add is not null;
            if (add is null)
                written.Entry(entries.Bytes);
            else
                written.Entry(add(new ProtobufWriter().Raw(entries.Bytes)));
        }

        return isChanged ? written.Written.ToArray() : null;
    }
}
