using LxcNative.Orchestrator.Preflight.Interop;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Tells processes that wait for a disk just now from those that are stuck, by looking again.</summary>
internal static class StuckProcesses
{
    private const int Looks = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Reads the states of uninterruptible tasks again; nothing is done, and no time passes, where there are none.</summary>
    public static void LookAgain(IReadOnlyList<ObservedProcess> processes)
    {
        var reader = new ProcReader();
        for (var look = 0; look < Looks; look++)
        {
            var waiting = processes.Where(process => process.Status.State == 'D' || process.OtherThreads.Any(thread => thread.Status.State == 'D')).ToList();
            if (waiting.Count == 0)
                return;
            Thread.Sleep(Pause);
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
        _ = ProcCalls.Close(place);
        return text.IsEmpty ? before with { State = 'X' } : StatusFields.Parse(text);
    }
}
