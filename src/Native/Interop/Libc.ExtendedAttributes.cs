using System.Runtime.InteropServices;

namespace LxcNative.Native.Interop;

internal static unsafe partial class Libc
{
    /// <summary>getxattr(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "getxattr", SetLastError = true)]
    internal static partial nint GetAttribute(byte* path, byte* name, byte* value, nuint size);

    /// <summary>lgetxattr(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "lgetxattr", SetLastError = true)]
    internal static partial nint GetAttributeOfLink(byte* path, byte* name, byte* value, nuint size);

    /// <summary>llistxattr(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "llistxattr", SetLastError = true)]
    internal static partial nint ListAttributesOfLink(byte* path, byte* list, nuint size);

    /// <summary>lsetxattr(2).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "lsetxattr", SetLastError = true)]
    internal static partial int SetAttributeOfLink(byte* path, byte* name, byte* value, nuint size, int flags);
}
