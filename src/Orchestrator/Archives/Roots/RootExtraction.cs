using System.Formats.Tar;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;

namespace LxcNative.Orchestrator.Archives.Roots;

/// <summary>Extracts a container's root file system from a tar archive, plain or compressed by gzip, xz or zstd.</summary>
internal static class RootExtraction
{
    private const long Reserve = 16 << 20;

    /// <summary>Extracts.</summary>
    /// <param name="archive">The archive's path.</param>
    /// <param name="root">An empty directory; nothing outside of it is touched, whatever the archive says. Stays the caller's.</param>
    /// <exception cref="MalformedArchiveException">The archive is damaged, leads out of the root, or is a bomb.</exception>
    /// <exception cref="SyscallException">A file could not be made.</exception>
    public static void Extract(string archive, FileDescriptor root)
    {
        try
        {
            using var stream = ArchiveStream.Open(archive);
            Extract(stream, new FileInfo(archive).Length, archive, root);
        }
        catch (Exception e) when (ArchiveStream.IsDamage(e))
        {
            throw new MalformedArchiveException($"{archive} is damaged or cut off: {e.Message}", e);
        }
    }

    /// <summary>Extracts.</summary>
    /// <param name="archive">What is in the archive, without compression; stays the caller's.</param>
    /// <param name="size">How many bytes it came of.</param>
    /// <param name="shown">What it is called in an error.</param>
    /// <param name="root">An empty directory; nothing outside of it is touched, whatever the archive says. Stays the caller's.</param>
    /// <inheritdoc cref="Extract(string, FileDescriptor)" path="/exception" />
    public static void Extract(Stream archive, long size, string shown, FileDescriptor root)
    {
        var limits = new ExtractionLimits(Math.Max(0, (long)StatFs.Read(root).AvailableBytes - Reserve), size);
        try
        {
            using var extras = new TarExtrasStream(archive);
            using var reader = new TarReader(extras, leaveOpen: true);
            var writer = new RootWriter(root, limits);
            var isEmpty = true;
            while (reader.GetNextEntry() is { } entry)
            {
                isEmpty = false;
                limits.CountEntry();
                if (entry.EntryType is not TarEntryType.GlobalExtendedAttributes)
                    writer.Write(entry, extras.Next());
            }

            if (isEmpty)
                throw new MalformedArchiveException($"{shown} has nothing in it, or is no tar archive");
            writer.Finish();
        }
        catch (SyscallException e) when (e.Errno is Errno.ELOOP or Errno.EXDEV or Errno.ENOTDIR)
        {
            throw new MalformedArchiveException($"{shown} leads through a symbolic link: {e.Message}", e);
        }
        catch (SyscallException e) when (e.Errno is Errno.EISDIR)
        {
            throw new MalformedArchiveException($"{shown} has something else in the place of a directory: {e.Message}", e);
        }
        catch (Exception e) when (ArchiveStream.IsDamage(e))
        {
            throw new MalformedArchiveException($"{shown} is damaged or cut off: {e.Message}", e);
        }
    }
}
