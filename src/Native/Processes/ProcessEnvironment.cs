using System.Runtime.InteropServices;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Interop;

namespace LxcNative.Native.Processes;

/// <summary>The C library's environ, which native code and the programs it starts see. Environment.SetEnvironmentVariable only changes
/// the runtime's copy of it, and does not see these changes.</summary>
/// <remarks>The C library does not lock it: native code that reads it meanwhile on another thread may see freed memory.</remarks>
internal static unsafe class ProcessEnvironment
{
    private static readonly Lock Gate = new();

    /// <summary>The value of a variable; null when it is not set.</summary>
    public static string? Get(string name)
    {
        lock (Gate)
        {
            fixed (byte* bytes = CString.From(name))
            {
                var value = Libc.GetEnv(bytes);
                return value is null ? null : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(value));
            }
        }
    }

    /// <summary>Sets a variable, over the value it has.</summary>
    /// <exception cref="SyscallException">EINVAL: the name is empty or holds '='.</exception>
    public static void Set(string name, string value)
    {
        lock (Gate)
        {
            fixed (byte* nameBytes = CString.From(name), valueBytes = CString.From(value))
                SyscallException.ThrowIfFailed(Libc.SetEnv(nameBytes, valueBytes, 1), "setenv", name);
        }
    }

    /// <summary>Removes a variable; one that is not set is fine.</summary>
    /// <exception cref="SyscallException">EINVAL: the name is empty or holds '='.</exception>
    public static void Unset(string name)
    {
        lock (Gate)
        {
            fixed (byte* bytes = CString.From(name))
                SyscallException.ThrowIfFailed(Libc.UnsetEnv(bytes), "unsetenv", name);
        }
    }

    /// <summary>Removes every variable.</summary>
    /// <exception cref="SyscallException">clearenv(3) failed.</exception>
    public static void Clear()
    {
        lock (Gate)
            SyscallException.ThrowIfFailed(Libc.ClearEnv() == 0 ? 0 : -1, "clearenv", "");
    }
}
