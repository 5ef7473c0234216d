using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;

namespace LxcNative.Orchestrator.Parts.Pressure;

/// <summary>A file of pressure stall information: RESOURCE.pressure of a cgroup, or /proc/pressure/RESOURCE.</summary>
internal static class PressureFile
{
    private const string Extension = ".pressure";
    private const string Directory = "/pressure/";

    /// <summary>Whether it is called like one.</summary>
    public static bool IsName(string target) => target.StartsWith('/') && (target.EndsWith(Extension, StringComparison.Ordinal) || IsOfProc(target));

    /// <summary>Whether it is called like one of /proc, wherever that is mounted.</summary>
    public static bool IsOfProc(string target) => IsResource(target[(target.LastIndexOf(Directory, StringComparison.Ordinal) + 1)..]);

    /// <summary>Whether it is one: a file of the container's own may be called like one.</summary>
    /// <param name="file">It; the caller's.</param>
    public static bool Is(FileDescriptor file) => StatFs.Read(file).Type is FileSystemMagic.Cgroup2 or FileSystemMagic.Proc;

    private static bool IsResource(string name) => name is "pressure/cpu" or "pressure/memory" or "pressure/io" or "pressure/irq";
}
