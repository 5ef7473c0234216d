using System.Runtime.InteropServices;
using LxcNative.Native.Handles;

namespace LxcNative.Native.Interop;

internal static partial class Libc
{
    /// <summary>ioctl(2) with a pointer to an int.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "ioctl", SetLastError = true)]
    internal static unsafe partial int Ioctl(FileDescriptor descriptor, nuint request, int* argument);

    /// <summary>tcgetattr(3).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "tcgetattr", SetLastError = true)]
    internal static unsafe partial int GetTerminalAttributes(FileDescriptor descriptor, void* attributes);

    /// <summary>tcsetattr(3).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "tcsetattr", SetLastError = true)]
    internal static unsafe partial int SetTerminalAttributes(FileDescriptor descriptor, int when, void* attributes);

    /// <summary>cfmakeraw(3).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "cfmakeraw", SetLastError = true)]
    internal static unsafe partial void MakeRaw(void* attributes);
}
