using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage;

/// <summary>That a process makes, reads or restores the images of a directory: as long as one does, nobody deletes them.</summary>
/// <remarks>A lock of the directory itself (flock(2)), shared by all that use it and gone with them. Where a file system has none (NFS locks no directory),
/// nothing is kept from anybody.</remarks>
internal sealed class ImagesUse : IDisposable
{
    private readonly FileDescriptor _directory;

    private ImagesUse(FileDescriptor directory) => _directory = directory;

    /// <summary>Uses the images of a directory.</summary>
    /// <exception cref="RefusedException">They are being deleted.</exception>
    /// <exception cref="SyscallException">The directory cannot be opened.</exception>
    public static ImagesUse Begin(string path)
    {
        var directory = FileOpen.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory);
        if (TryBegin(directory))
            return new ImagesUse(directory);
        directory.Dispose();
        throw new RefusedException($"the checkpoint in {path} is being deleted");
    }

    /// <summary>Uses the images of an open directory, as long as it is open; false where they are being deleted.</summary>
    public static bool TryBegin(FileDescriptor directory) => TryLock(directory, shared: true);

    /// <summary>Has an open directory for oneself, as long as it is open; false where somebody uses its images.</summary>
    public static bool TryExclude(FileDescriptor directory) => TryLock(directory, shared: false);

    /// <inheritdoc />
    public void Dispose() => _directory.Dispose();

    private static bool TryLock(FileDescriptor directory, bool shared)
    {
        try
        {
            return FileLock.TryLock(directory, shared);
        }
        catch (SyscallException e) when (e.Errno is Errno.EBADF or Errno.EINVAL or Errno.ENOLCK or Errno.EOPNOTSUPP or Errno.ENOSYS)
        {
            return true;
        }
    }
}
