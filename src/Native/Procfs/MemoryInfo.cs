using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Procfs;

/// <summary>/proc/meminfo (proc_meminfo(5)), as far as it is of use here. In bytes.</summary>
/// <param name="Total">All memory that the kernel manages.</param>
/// <param name="Available">What can be had without swapping: free memory, and caches that can be dropped.</param>
internal sealed record MemoryInfo(ulong Total, ulong Available)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="SyscallException">open(2) or read(2) failed.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static MemoryInfo Read() => Parse(KernelFile.ReadText("/proc/meminfo"), "/proc/meminfo");

    /// <summary>Parses the file's text. Lines of unknown name are passed over.</summary>
    /// <exception cref="MalformedProcFileException">A line is missing or its value is not in kB.</exception>
    public static MemoryInfo Parse(ReadOnlySpan<char> text, string file = "meminfo")
    {
        var fields = KeyValueLines.Parse(text, file);
        return new MemoryInfo(fields.KiB("MemTotal") * 1024, fields.KiB("MemAvailable") * 1024);
    }
}
