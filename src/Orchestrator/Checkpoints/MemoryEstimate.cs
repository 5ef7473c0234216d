using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>How much memory a dump will have to write.</summary>
internal static class MemoryEstimate
{
    private const long Overhead = 1 << 20;

    /// <summary>The anonymous and shared resident memory of all processes, with something for the rest, in bytes.</summary>
    public static long Bytes(Container container) => Overhead + container.Processes.SelfAndDescendants().Sum(process => Resident(process.Pid));

    /// <summary>The resident memory that the text of a /proc/PID/status tells of and that no file backs, in bytes.</summary>
    internal static long Parse(string status) => status.Split('\n')
        .Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal))
        .Sum(line => long.TryParse(line.AsSpan()[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimEnd("kB ").Trim(), out var kibibytes) ? kibibytes << 10 : 0);

    private static long Resident(int pid)
    {
        try
        {
            return Parse(File.ReadAllText($"/proc/{pid}/status"));
        }
        catch (IOException)
        {
            // The process ended since the tree was read.
            return 0;
        }
    }
}
