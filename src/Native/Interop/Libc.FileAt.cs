using System.Runtime.InteropServices;
using LxcNative.Native.Handles;
using Tmds.Linux;

namespace LxcNative.Native.Interop;

/// <summary>Calls on names in a directory, as bytes: a name need not be text.</summary>
internal static unsafe partial class Libc
{
    /// <summary>getdents64(2); GNU C library 2.30.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "getdents64", SetLastError = true)]
    internal static partial nint GetDirectoryEntries(int directory, byte* buffer, nuint size);

    /// <summary>mkdirat(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "mkdirat", SetLastError = true)]
    internal static partial int MakeDirectoryAt(FileDescriptor directory, byte* name, uint mode);

    /// <summary>mknodat(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "mknodat", SetLastError = true)]
    internal static partial int MakeNodeAt(FileDescriptor directory, byte* name, uint mode, ulong device);

    /// <summary>symlinkat(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "symlinkat", SetLastError = true)]
    internal static partial int SymlinkAt(byte* target, FileDescriptor directory, byte* name);

    /// <summary>linkat(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "linkat", SetLastError = true)]
    internal static partial int LinkAt(FileDescriptor oldDirectory, byte* oldName, FileDescriptor newDirectory, byte* newName, int flags);

    /// <summary>unlinkat(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "unlinkat", SetLastError = true)]
    internal static partial int UnlinkAt(FileDescriptor directory, byte* name, int flags);

    /// <summary>fchownat(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "fchownat", SetLastError = true)]
    internal static partial int ChangeOwnerAt(FileDescriptor directory, byte* name, uint user, uint group, int flags);

    /// <summary>fchmodat(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "fchmodat", SetLastError = true)]
    internal static partial int ChangeModeAt(FileDescriptor directory, byte* name, uint mode, int flags);

    /// <summary>utimensat(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "utimensat", SetLastError = true)]
    internal static partial int SetTimesAt(FileDescriptor directory, byte* name, timespec* times, int flags);

    /// <summary>statx(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "statx", SetLastError = true)]
    internal static partial int StatX(int directory, byte* name, int flags, uint mask, Uapi.statx* buffer);

    /// <summary>readlinkat(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "readlinkat", SetLastError = true)]
    internal static partial nint ReadLinkAt(int directory, byte* name, byte* buffer, nuint size);

    /// <summary>open_by_handle_at(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "open_by_handle_at", SetLastError = true)]
    internal static partial int OpenByHandleAt(int mount, byte* handle, int flags);
}
