namespace LxcNative.Native.Criu.Images;

/// <summary>Takes the parent-death signal out of a task's image, so that the restored task outlives whoever restored it.</summary>
/// <remarks>LXC gives its init SIGKILL as parent-death signal (prctl(2), PR_SET_PDEATHSIG). criu saves it as field 8, pdeath_sig, of
/// thread_core_entry (field 5 of core_entry). Everything else is kept as it is, unknown fields included.</remarks>
internal static class ParentDeathRepair
{
    private const int ThreadCore = 5;
    private const int ParentDeathSignal = 8;

    /// <summary>Writes a copy of a core image without the signal.</summary>
    /// <param name="coreImage">The image to read.</param>
    /// <param name="destination">Where to write: another path; it must not exist.</param>
    /// <returns>1 when there was a signal, else 0.</returns>
    /// <exception cref="MalformedImageException">It is not what criu writes; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static int Repair(string coreImage, string destination)
    {
        ArgumentException.ThrowIfNullOrEmpty(coreImage);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        var copy = Repair(File.ReadAllBytes(coreImage), coreImage, out var repaired);
        using var file = new FileStream(destination,
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = File.GetUnixFileMode(coreImage) });
        file.Write(copy);
        return repaired;
    }

    /// <summary>The bytes of such an image without the signal.</summary>
    internal static byte[] Repair(ReadOnlySpan<byte> image, string file, out int repaired)
    {
        var count = 0;
        var written = new ImageWriter(ImageMagic.Core);
        var entries = new ImageEntries(image, ImageMagic.Core, file);
        while (entries.Next())
            written.Entry(MessageCopy.Of(entries, ThreadCore, thread => MessageCopy.Of(thread, ParentDeathSignal, _ => Without(ref count))));
        repaired = count;
        return written.Written.ToArray();
    }

    private static ProtobufWriter? Without(ref int count)
    {
        count++;
        return null;
    }
}
