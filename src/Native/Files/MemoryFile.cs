using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Interop;
using Tmds.Linux;

namespace LxcNative.Native.Files;

/// <summary>Files that are in memory and have no name (memfd_create(2)).</summary>
internal static unsafe class MemoryFile
{
    /// <summary>Makes one; the caller's to dispose.</summary>
    /// <param name="name">What /proc/PID/fd calls it.</param>
    /// <exception cref="SyscallException">memfd_create(2) failed.</exception>
    public static FileDescriptor Create(string name)
    {
        fixed (byte* bytes = CString.From(name))
            return new FileDescriptor(SyscallException.ThrowIfFailed(LibC.memfd_create(bytes, LibC.MFD_CLOEXEC), "memfd_create", $"\"{name}\""));
    }
}
