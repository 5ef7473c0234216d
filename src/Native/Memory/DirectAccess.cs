using System.Runtime.InteropServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Memory;

/// <summary>Whether devices may write into a process's memory by themselves, as they do for files that are read past the cache (O_DIRECT, open(2)) and for
/// rings of asynchronous I/O: the kernel notes when such a read begins, and not what it writes later.</summary>
internal static class DirectAccess
{
    private const string Ring = "[aio]", Uring = "anon_inode:[io_uring]";

    /// <summary>O_DIRECT, among the flags of a descriptor; of a pipe it means packets.</summary>
    public static readonly uint Flag = (uint)(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? Fcntl.O_DIRECT_ARM64 : Fcntl.O_DIRECT);

    /// <summary>Whether a process has what it takes for that.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="mappings">Its address space.</param>
    /// <exception cref="SyscallException">It has ended, or may not be looked into.</exception>
    public static bool IsPossible(int pid, IEnumerable<MemoryMapping> mappings) =>
        mappings.Any(mapping => mapping.Name.Contains(Ring, StringComparison.Ordinal)) || ProcessDescriptors.Read(pid).Any(one => IsDirect(pid, one));

    private static bool IsDirect(int pid, ProcessDescriptor descriptor)
    {
        if (descriptor.Target == Uring)
            return true;
        if (!descriptor.Target.StartsWith('/'))
            return false;
        try
        {
            return (ProcessDescriptors.ReadInfo(pid, descriptor.Number).Flags & Flag) != 0;
        }
        catch (SyscallException e) when (e.Errno == Errno.ENOENT)
        {
            // It has closed it.
            return false;
        }
    }
}
