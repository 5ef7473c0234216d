using System.Runtime.InteropServices;

namespace LxcNative.Native.Interop;

internal static partial class Libc
{
    /// <summary>close(2), by number: only <see cref="Handles.FileDescriptor"/> calls it.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    /// <summary>lchown(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "lchown", SetLastError = true)]
    internal static unsafe partial int ChangeLinkOwner(byte* path, uint user, uint group);
}
