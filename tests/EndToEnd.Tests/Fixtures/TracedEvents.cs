namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>Lines of the kernel's record, of one stretch of time.</summary>
/// <param name="Lines">As the kernel writes them.</param>
internal sealed record TracedEvents(IReadOnlyList<string> Lines)
{
    // MEMBARRIER_CMD_PRIVATE_EXPEDITED of linux/membarrier.h; others ask and register.
    private const string Expedited = "cmd: 8,";

    /// <summary>The programs that were executed.</summary>
    public IReadOnlyList<string> Executed => [.. Lines.Where(line => line.Contains("sched_process_exec:", StringComparison.Ordinal))];

    /// <summary>The times that .NET stopped its threads.</summary>
    public IReadOnlyList<string> Collections =>
        [.. Lines.Where(line => line.Contains("sys_membarrier(", StringComparison.Ordinal) && line.Contains(Expedited, StringComparison.OrdinalIgnoreCase))];
}
