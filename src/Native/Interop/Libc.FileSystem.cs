using System.Runtime.InteropServices;
using LxcNative.Native.Handles;
using LxcNative.Native.Uapi;

namespace LxcNative.Native.Interop;

internal static unsafe partial class Libc
{
    /// <summary>statfs(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "statfs", SetLastError = true)]
    internal static partial int StatFs(byte* path, StatFsData* data);

    /// <summary>fstatfs(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "fstatfs", SetLastError = true)]
    internal static partial int FStatFs(FileDescriptor descriptor, StatFsData* data);

    /// <summary>realpath(3); a null buffer makes it allocate, to be given to <see cref="Free"/>.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "realpath", SetLastError = true)]
    internal static partial byte* RealPath(byte* path, byte* buffer);

    /// <summary>free(3), for what the C library allocated.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "free", SetLastError = true)]
    internal static partial void Free(void* memory);
}
