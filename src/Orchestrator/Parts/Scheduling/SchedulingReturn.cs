using System.Globalization;
using LxcNative.Native.Criu;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Timelines;

namespace LxcNative.Orchestrator.Parts.Scheduling;

/// <summary>Gives the threads what their programs had set for them, before they run.</summary>
internal sealed class SchedulingReturn(SchedulingState state, SpanRecorder recorder) : PartReturn
{
    private readonly List<string> _shortfalls = [];

    /// <inheritdoc />
    public override IEnumerable<string> Shortfalls => _shortfalls;

    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (notification.Action == CriuNotifyAction.PostRestore && state.Threads.Count > 0)
            recorder.Run(Track.Own, RestoreSpan.Repair, () => Set(init));
    }

    private void Set(int init)
    {
        Dictionary<int, int> threads;
        try
        {
            threads = ThreadReading.Inside(ProcessTree.Read(init));
        }
        catch (LinuxException e)
        {
            _shortfalls.Add($"the processors, priorities and filters of threads are not as they were: {e.Message}");
            return;
        }

        foreach (var one in state.Threads)
        {
            if (!threads.TryGetValue(one.Thread, out var thread))
                continue;
            if (one.Processors is { } list && ThreadScheduling.ParseProcessors(list) is { } processors)
                Try(one, $"may run on other processors than {list}", () => ThreadScheduling.SetAffinity(thread, processors));
            if (one.IoPriority is { } priority)
                Try(one, $"has not the I/O priority {priority}", () => ThreadScheduling.SetIoPriority(thread, priority));
            if (one.TimerSlack is { } slack)
                Try(one, $"has not the timer slack {slack}",
                    () => KernelFile.WriteText($"/proc/{thread}/timerslack_ns", slack.ToString(CultureInfo.InvariantCulture)));
            if (one.CoreFilter is { } filter)
                Try(one, $"has not the core dump filter 0x{filter:x}", () => KernelFile.WriteText($"/proc/{thread}/coredump_filter", $"0x{filter:x}"));
        }
    }

    private void Try(ThreadSettings one, string otherwise, Action set)
    {
        try
        {
            set();
        }
        catch (SyscallException e)
        {
            _shortfalls.Add($"thread {one.Thread} {otherwise}: {e.Message}");
        }
    }
}
