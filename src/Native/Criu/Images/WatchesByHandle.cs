namespace LxcNative.Native.Criu.Images;

/// <summary>Watches of inotify that criu finds again by the handle of the watched file, left out: over an overlay no handle of the file system below it opens
/// anything.</summary>
/// <remarks>Of images/fdinfo.proto and fsnotify.proto:
/// <code>
///   file_entry           13 ify
///   inotify_file_entry    5 wd
///   inotify_wd_entry      7 f_handle
///   fh_entry              4 path, where it is found by that
/// </code></remarks>
internal static class WatchesByHandle
{
    private const int Inotify = 13, Watch = 5, Handle = 7, Path = 4;

    /// <summary>Writes a copy of files.img without them.</summary>
    /// <param name="filesImage">The image to read.</param>
    /// <param name="destination">Where to write it.</param>
    /// <returns>How many are left out; with 0 nothing was written.</returns>
    /// <exception cref="MalformedImageException">It is not what criu writes; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static int LeaveOut(string filesImage, string destination)
    {
        var copy = LeaveOut(File.ReadAllBytes(filesImage), filesImage, out var left);
        if (left > 0)
            File.WriteAllBytes(destination, copy);
        return left;
    }

    /// <summary>The bytes of such a file without them.</summary>
    internal static byte[] LeaveOut(ReadOnlySpan<byte> image, string file, out int left)
    {
        var count = 0;
        var written = new ImageWriter(ImageMagic.Files);
        var entries = new ImageEntries(image, ImageMagic.Files, file);
        while (entries.Next())
            written.Entry(MessageCopy.Of(entries, Inotify, inotify => MessageCopy.Of(inotify, Watch, WithPath)));
        left = count;
        return written.Written.ToArray();

        ProtobufWriter? WithPath(ProtobufReader watch)
        {
            if (HasPath(watch.AsMessage()))
                return MessageCopy.Same(watch);
            count++;
            return null;
        }
    }

    private static bool HasPath(ProtobufReader watch)
    {
        while (watch.Next())
        {
            if (watch.Field != Handle)
                continue;
            for (var handle = watch.AsMessage(); handle.Next();)
                if (handle.Field == Path)
                    return true;
        }

        return false;
    }
}
