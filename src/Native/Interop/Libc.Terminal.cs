using System.Runtime.InteropServices;
using LxcNative.Native.Handles;

namespace LxcNative.Native.Interop;

internal static partial class Libc
{
    /// <summary>ioctl(2) with a pointer to an int.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "ioctl", SetLastError = true)]
    internal static unsafe partial int Ioctl(FileDescriptor descriptor, nuint request, int* argument);
}
