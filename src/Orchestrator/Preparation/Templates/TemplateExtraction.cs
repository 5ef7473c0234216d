using System.Formats.Tar;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Archives;

namespace LxcNative.Orchestrator.Preparation.Templates;

/// <summary>Extracts a container's root file system from a tar archive, plain or compressed by gzip, xz or zstd.</summary>
internal static class TemplateExtraction
{
    private const long Reserve = 16 << 20;

    /// <summary>Extracts.</summary>
    /// <param name="archive">The archive's path.</param>
    /// <param name="root">An empty directory; nothing outside of it is touched, whatever the archive says. Stays the caller's.</param>
    /// <exception cref="MalformedArchiveException">The archive is damaged, leads out of the root, or is a bomb.</exception>
    /// <exception cref="SyscallException">A file could not be made.</exception>
    public static void Extract(string archive, FileDescriptor root)
    {
        var limits = new ExtractionLimits(Math.Max(0, (long)StatFs.Read(root).AvailableBytes - Reserve), new FileInfo(archive).Length);
        try
        {
            using var stream = ArchiveStream.Open(archive);
            using var extras = new TarExtrasStream(stream);
            using var reader = new TarReader(extras, leaveOpen: true);
            var writer = new TemplateWriter(root, limits);
            var isEmpty = true;
            while (reader.GetNextEntry() is { } entry)
            {
                isEmpty = false;
                limits.CountEntry();
                writer.Write(entry, extras.Next());
            }

            if (isEmpty)
                throw new MalformedArchiveException($"{archive} has nothing in it, or is no tar archive");
            writer.Finish();
        }
        catch (SyscallException e) when (e.Errno is Errno.ELOOP or Errno.EXDEV or Errno.ENOTDIR)
        {
            throw new MalformedArchiveException($"{archive} leads through a symbolic link: {e.Message}", e);
        }
        catch (Exception e) when (ArchiveStream.IsDamage(e))
        {
            throw new MalformedArchiveException($"{archive} is damaged or cut off: {e.Message}", e);
        }
    }
}
