using LxcNative.Native.Procfs;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Tells processes that wait for a disk just now, or do so again and again, from those that are stuck, by looking again.</summary>
internal static class StuckProcesses
{
    // Three quarters of a second in all: a loaded disk keeps a process that long. Where none waits no time passes.
    private static readonly TimeSpan[] Pauses = [.. ((int[])[5, 10, 20, 40, 80, 200, 400]).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))];

    /// <summary>Reads the states of uninterruptible tasks again. One that has run meanwhile is not stuck, whatever it does now.</summary>
    public static void LookAgain(IReadOnlyList<ObservedProcess> processes)
    {
        var reader = new ProcReader();
        foreach (var pause in Pauses)
        {
            var waiting = processes.Where(process => process.Status.State == 'D' || process.OtherThreads.Any(thread => thread.Status.State == 'D')).ToList();
            if (waiting.Count == 0)
                return;
            Thread.Sleep(pause);
            foreach (var process in waiting)
                Refresh(reader, process);
        }
    }

    private static void Refresh(ProcReader reader, ObservedProcess process)
    {
        if (process.Status.State == 'D')
            process.Status = Read(reader, process.Pid, process.Pid, process.Status);
        for (var i = 0; i < process.OtherThreads.Length; i++)
        {
            var (id, status) = process.OtherThreads[i];
            if (status.State == 'D')
                process.OtherThreads[i] = (id, Read(reader, process.Pid, id, status));
        }
    }

    private static StatusFields Read(ProcReader reader, int pid, int thread, StatusFields before)
    {
        var place = ProcReader.OpenPlace($"/proc/{pid}/task/{thread}");
        if (place == -1)
            return before with { State = 'X' };
        var text = reader.Read(place, "status\0"u8);
        ProcReader.Close(place);
        if (text.IsEmpty)
            return before with { State = 'X' };
        var now = StatusFields.Parse(text);
        return now.State == 'D' && now.Switches != before.Switches ? now with { State = 'S' } : now;
    }
}
