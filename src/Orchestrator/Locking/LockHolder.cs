using LxcNative.Native.Files;
using LxcNative.Native.Processes;

namespace LxcNative.Orchestrator.Locking;

/// <summary>The words in a lock's comment by which its holder is known.</summary>
internal static class LockHolder
{
    private const string Prefix = "network lock of lxcnative, ";

    /// <summary>Describes the calling process.</summary>
    public static string Describe() => $"{Prefix}process {CurrentProcess.Id} ({KernelFile.ReadText("/proc/self/comm").TrimEnd('\n')})";

    /// <summary>The holder in a comment; null where it is somebody else's comment.</summary>
    public static string? Find(string comment) => comment.StartsWith(Prefix, StringComparison.Ordinal) ? comment[Prefix.Length..] : null;
}
