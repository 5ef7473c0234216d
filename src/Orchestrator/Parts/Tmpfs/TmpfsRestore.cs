using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Parts.Tmpfs.Format;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>Makes a captured tmpfs again: a real one, of the same size and mode, with everything that was in it.</summary>
internal static class TmpfsRestore
{
    /// <summary>Mounts a tmpfs and fills it.</summary>
    /// <param name="target">A directory to mount it on, in the mount namespace of the calling thread; unmounted again when this fails.</param>
    /// <param name="source">What mountinfo showed as its source.</param>
    /// <param name="superOptions">What mountinfo showed as its superblock options.</param>
    /// <param name="image">What was captured; stays the caller's.</param>
    /// <exception cref="SyscallException">A system call failed; ENOSPC when the image holds more than the size allows.</exception>
    /// <exception cref="MalformedTmpfsImageException">The image is none.</exception>
    public static void MountAt(string target, string source, string superOptions, Stream image)
    {
        var data = TmpfsMountOptions.Data(superOptions);
        Mount.MountFileSystem("tmpfs", source.Length == 0 ? "none" : source, target, MountFlags.None, data.Length == 0 ? null : data);
        try
        {
            using (var root = FileOpen.DirectoryPlace(target))
                Extract(root, image);
            if (TmpfsMountOptions.IsReadOnly(superOptions))
                Mount.Remount(target, MountFlags.ReadOnly);
        }
        catch
        {
            Mount.Unmount(target, UnmountFlags.Detach);
            throw;
        }
    }

    /// <summary>Fills an empty directory, which gets the owner, mode and times of the image's root.</summary>
    /// <param name="root">The directory; stays the caller's. Nothing outside of it is touched, whatever the image says.</param>
    /// <param name="image">What was captured; stays the caller's.</param>
    /// <exception cref="SyscallException">A system call failed; EEXIST when the image has a name twice.</exception>
    /// <exception cref="MalformedTmpfsImageException">The image is none.</exception>
    public static void Extract(FileDescriptor root, Stream image)
    {
        var reader = new TmpfsReader(image);
        using var extraction = new TmpfsExtraction(root, reader);
        while (true)
        {
            switch (reader.ReadKind())
            {
                case TmpfsEntryKind.End:
                    extraction.Finish();
                    return;
                case TmpfsEntryKind.HardLink:
                    var (path, first) = reader.ReadHardLink();
                    extraction.Link(path, first);
                    break;
                default:
                    extraction.Make(reader.ReadFile());
                    break;
            }
        }
    }
}
