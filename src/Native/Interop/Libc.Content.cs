using System.Runtime.InteropServices;
using LxcNative.Native.Handles;

namespace LxcNative.Native.Interop;

internal static unsafe partial class Libc
{
    /// <summary>lseek(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "lseek", SetLastError = true)]
    internal static partial long Seek(FileDescriptor file, long offset, int whence);

    /// <summary>read(2), by number.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nuint count);

    /// <summary>pread(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "pread", SetLastError = true)]
    internal static partial nint ReadAt(FileDescriptor file, byte* buffer, nuint count, long offset);

    /// <summary>pwrite(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "pwrite", SetLastError = true)]
    internal static partial nint WriteAt(FileDescriptor file, byte* buffer, nuint count, long offset);

    /// <summary>ftruncate(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "ftruncate", SetLastError = true)]
    internal static partial int Truncate(FileDescriptor file, long length);
}
