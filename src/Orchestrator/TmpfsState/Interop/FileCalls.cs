using System.Runtime.InteropServices;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.TmpfsState.Interop;

/// <summary>System calls on files whose names are bytes, as Linux has them: a name need not be text.</summary>
internal static unsafe partial class FileCalls
{
    private const string C = "libc";

    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const int AT_NO_AUTOMOUNT = 0x800;
    public const int AT_EMPTY_PATH = 0x1000;
    public const int SEEK_DATA = 3;
    public const int SEEK_HOLE = 4;
    public const long NR_GETDENTS64 = 217;
    public const long NR_OPENAT2 = 437;

    [LibraryImport(C, EntryPoint = "mkdirat", SetLastError = true)]
    internal static partial int MakeDirectoryAt(FileDescriptor directory, byte* name, uint mode);

    [LibraryImport(C, EntryPoint = "mknodat", SetLastError = true)]
    internal static partial int MakeNodeAt(FileDescriptor directory, byte* name, uint mode, ulong device);

    [LibraryImport(C, EntryPoint = "symlinkat", SetLastError = true)]
    internal static partial int SymlinkAt(byte* target, FileDescriptor directory, byte* name);

    [LibraryImport(C, EntryPoint = "linkat", SetLastError = true)]
    internal static partial int LinkAt(FileDescriptor oldDirectory, byte* oldName, FileDescriptor newDirectory, byte* newName, int flags);

    [LibraryImport(C, EntryPoint = "unlinkat", SetLastError = true)]
    internal static partial int UnlinkAt(FileDescriptor directory, byte* name, int flags);

    [LibraryImport(C, EntryPoint = "fchownat", SetLastError = true)]
    internal static partial int ChangeOwnerAt(FileDescriptor directory, byte* name, uint user, uint group, int flags);

    [LibraryImport(C, EntryPoint = "fchmodat", SetLastError = true)]
    internal static partial int ChangeModeAt(FileDescriptor directory, byte* name, uint mode, int flags);

    [LibraryImport(C, EntryPoint = "utimensat", SetLastError = true)]
    internal static partial int SetTimesAt(FileDescriptor directory, byte* name, FileTime* times, int flags);

    [LibraryImport(C, EntryPoint = "statx", SetLastError = true)]
    internal static partial int StatX(FileDescriptor directory, byte* name, int flags, uint mask, StatXBuffer* buffer);

    [LibraryImport(C, EntryPoint = "readlinkat", SetLastError = true)]
    internal static partial nint ReadLinkAt(FileDescriptor directory, byte* name, byte* buffer, nuint size);

    [LibraryImport(C, EntryPoint = "llistxattr", SetLastError = true)]
    internal static partial nint ListAttributes(byte* path, byte* list, nuint size);

    [LibraryImport(C, EntryPoint = "lgetxattr", SetLastError = true)]
    internal static partial nint GetAttribute(byte* path, byte* name, byte* value, nuint size);

    [LibraryImport(C, EntryPoint = "lsetxattr", SetLastError = true)]
    internal static partial int SetAttribute(byte* path, byte* name, byte* value, nuint size, int flags);

    [LibraryImport(C, EntryPoint = "lseek", SetLastError = true)]
    internal static partial long Seek(FileDescriptor file, long offset, int whence);

    [LibraryImport(C, EntryPoint = "pread", SetLastError = true)]
    internal static partial nint ReadAt(FileDescriptor file, byte* buffer, nuint count, long offset);

    [LibraryImport(C, EntryPoint = "pwrite", SetLastError = true)]
    internal static partial nint WriteAt(FileDescriptor file, byte* buffer, nuint count, long offset);

    [LibraryImport(C, EntryPoint = "ftruncate", SetLastError = true)]
    internal static partial int Truncate(FileDescriptor file, long length);

    [LibraryImport(C, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint GetDirectoryEntries(long number, FileDescriptor directory, byte* buffer, nuint size);

    [LibraryImport(C, EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint OpenAt2(long number, FileDescriptor directory, byte* path, OpenHow* how, nuint size);
}
