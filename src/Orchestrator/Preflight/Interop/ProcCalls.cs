using System.Runtime.InteropServices;

namespace LxcNative.Orchestrator.Preflight.Interop;

/// <summary>The system calls by which thousands of small files of /proc are read: relative to one directory, into one buffer.</summary>
internal static unsafe partial class ProcCalls
{
    public const int O_RDONLY = 0;
    public const int O_CLOEXEC = 0x80000;
    public static readonly int O_DIRECTORY = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;
    public const int O_PATH = 0x200000;
    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const int AT_NO_AUTOMOUNT = 0x800;
    public const uint STATX_BASIC_STATS = 0x7ff;
    public const uint STATX_MNT_ID = 0x1000;

    // asm/unistd.h: kcmp and getdents64 have no wrapper in every C library.
    private static readonly nint GetDents64Number = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 61 : 217;
    private static readonly nint KcmpNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 272 : 312;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    public static partial nint ReadLinkAt(int directory, byte* path, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int Statx(int directory, byte* path, int flags, uint mask, StatxBuffer* buffer);

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true)]
    public static partial nint GetExtendedAttribute(byte* path, byte* name, byte* value, nuint size);

    [LibraryImport("libc", EntryPoint = "open_by_handle_at", SetLastError = true)]
    public static partial int OpenByHandleAt(int mount, byte* handle, int flags);

    /// <summary>getdents64(2).</summary>
    public static nint ListDirectory(int directory, byte* buffer, nint length) => SystemCall(GetDents64Number, directory, (nint)buffer, length, 0, 0);

    /// <summary>kcmp(2): 0 equal, 1 less, 2 greater, 3 not equal without an order, -1 failed.</summary>
    public static int Compare(int one, int other, int kind) => (int)SystemCall(KcmpNumber, one, other, kind, 0, 0);

    /// <summary>kcmp(2): whether descriptors of two processes are the same open file: 0 when they are.</summary>
    public static int CompareFiles(int one, int other, int oneDescriptor, int otherDescriptor)
    {
        const int KcmpFile = 0;
        return (int)SystemCall(KcmpNumber, one, other, KcmpFile, oneDescriptor, otherDescriptor);
    }

    /// <summary>kcmp(2): whether a descriptor is what an epoll descriptor of the same process watches under a number (Linux 4.13).</summary>
    public static int CompareEpollTarget(int process, int descriptor, int epoll, int target)
    {
        const int KcmpEpollTarget = 7;
        // struct kcmp_epoll_slot: efd, tfd, toff.
        var slot = stackalloc uint[] { (uint)epoll, (uint)target, 0 };
        return (int)SystemCall(KcmpNumber, process, process, KcmpEpollTarget, descriptor, (nint)slot);
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);
}
