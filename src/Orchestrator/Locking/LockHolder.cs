using LxcNative.Native.Files;
using LxcNative.Native.Processes;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The words in a lock's comment, for whoever lists its tables.</summary>
internal static class LockHolder
{
    private const string Prefix = "network lock of lxcnative, ";

    /// <summary>Describes the calling process.</summary>
    public static string Describe() => $"{Prefix}process {CurrentProcess.Id} ({KernelFile.ReadText("/proc/self/comm").TrimEnd('\n')})";
}
