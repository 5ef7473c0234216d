namespace LxcNative.Orchestrator.Parts.Scheduling;

/// <summary>What a program set for a thread, and criu does not keep; null for what it left alone.</summary>
/// <param name="Thread">Its id in the container.</param>
/// <param name="Processors">Where it may run, as the kernel writes it: <c>0-3,5</c>.</param>
/// <param name="IoPriority">How its disk requests are served: class and level (ioprio_set(2)).</param>
/// <param name="TimerSlack">How much later its timers may come, in nanoseconds (/proc/PID/timerslack_ns).</param>
/// <param name="CoreFilter">What its process writes into a core dump (/proc/PID/coredump_filter), of the main thread only.</param>
internal sealed record ThreadSettings(int Thread, string? Processors, int? IoPriority, ulong? TimerSlack, uint? CoreFilter)
{
    /// <summary>Whether there is nothing to set.</summary>
    public bool IsUsual => this is { Processors: null, IoPriority: null, TimerSlack: null, CoreFilter: null };
}
