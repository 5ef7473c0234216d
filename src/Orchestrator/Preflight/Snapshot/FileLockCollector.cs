using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Reads the locks of open files: only of those that have one at all.</summary>
internal static class FileLockCollector
{
    /// <summary>Fills in what the kernel says of the descriptors of locked files.</summary>
    /// <param name="processes">The processes, with what they have open.</param>
    /// <param name="locked">The files of this machine that have locks, by device and inode.</param>
    public static void Collect(IEnumerable<ObservedProcess> processes, HashSet<(uint Major, uint Minor, ulong Inode)> locked)
    {
        if (locked.Count == 0)
            return;
        foreach (var file in processes.SelectMany(process => process.Files).Where(file => file is { Type: FileType.Regular, Number: >= 0, Info: null }))
        {
            if (!locked.Contains((file.Device.Major, file.Device.Minor, file.Inode)))
                continue;
            try
            {
                file.Info = KernelFile.ReadText($"/proc/{file.Process.Pid}/fdinfo/{file.Number}");
            }
            catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH or Errno.EACCES or Errno.EPERM)
            {
                // Closed or ended meanwhile; or it may not be looked into any more.
            }
        }
    }
}
