using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Procfs;

/// <summary>What the running kernel calls itself: the release of uname(2), "6.1.0-49-amd64".</summary>
/// <remarks>.NET's own version of the system keeps the numbers in it only.</remarks>
public static class KernelRelease
{
    /// <summary>Reads it from /proc/sys/kernel/osrelease.</summary>
    /// <exception cref="SyscallException">open(2) or read(2) failed.</exception>
    public static string Read() => KernelFile.ReadText("/proc/sys/kernel/osrelease").Trim();
}
