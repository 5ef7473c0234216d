using System.Runtime.InteropServices;

namespace LxcNative.Native.Interop;

internal static unsafe partial class Libc
{
    /// <summary>clearenv(3).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "clearenv", SetLastError = true)]
    internal static partial int ClearEnv();

    /// <summary>setenv(3).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "setenv", SetLastError = true)]
    internal static partial int SetEnv(byte* name, byte* value, int overwrite);

    /// <summary>unsetenv(3).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "unsetenv", SetLastError = true)]
    internal static partial int UnsetEnv(byte* name);

    /// <summary>getenv(3).</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "getenv", SetLastError = true)]
    internal static partial byte* GetEnv(byte* name);
}
