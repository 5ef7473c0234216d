using LxcNative.Native.Interop;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Processes;

/// <summary>What processes share, by kcmp(2).</summary>
/// <remarks>0: the same; 1 less and 2 greater, an order that stays the same while both live; 3: different without an order; -1: a process is gone,
/// or the kernel has no kcmp, with the errno left.</remarks>
internal static unsafe class ProcessComparison
{
    /// <summary>Their memory (CLONE_VM).</summary>
    public static int Memory(int one, int other) => KcmpCall.Invoke(one, other, Kcmp.KCMP_VM);

    /// <summary>Their root, working directory and umask (CLONE_FS).</summary>
    public static int FileSystem(int one, int other) => KcmpCall.Invoke(one, other, Kcmp.KCMP_FS);

    /// <summary>An open file: descriptors of two processes.</summary>
    public static int File(int one, int descriptor, int other, int otherDescriptor) =>
        KcmpCall.Invoke(one, other, Kcmp.KCMP_FILE, (uint)descriptor, (uint)otherDescriptor);

    /// <summary>An open file: a descriptor, and what an epoll descriptor of the same process watches under a number (Linux 4.13).</summary>
    /// <param name="process">The process.</param>
    /// <param name="descriptor">Its descriptor.</param>
    /// <param name="epoll">Its epoll descriptor.</param>
    /// <param name="target">The number that the file had when it was added.</param>
    /// <param name="offset">Which one of those that were added under this number, in the order of fdinfo.</param>
    public static int EpollTarget(int process, int descriptor, int epoll, int target, int offset)
    {
        var slot = new kcmp_epoll_slot { efd = (uint)epoll, tfd = (uint)target, toff = (uint)offset };
        return KcmpCall.Invoke(process, process, Kcmp.KCMP_EPOLL_TFD, (uint)descriptor, (ulong)&slot);
    }
}
