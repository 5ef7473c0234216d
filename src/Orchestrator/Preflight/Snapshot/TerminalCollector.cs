using LxcNative.Native.Processes;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Finds which descriptors of terminals are one opening of them, by kcmp(2) with KCMP_FILE.</summary>
internal static class TerminalCollector
{
    /// <summary>Marks those that another descriptor before them is, too; none where the kernel has no kcmp.</summary>
    public static void Collect(IEnumerable<ObservedProcess> processes)
    {
        foreach (var terminal in processes.SelectMany(process => process.Files).Where(file => file.IsTerminal || file.IsTty)
            .GroupBy(file => (file.Special, file.Device)))
        {
            var openings = new List<ObservedFile>();
            foreach (var file in terminal)
            {
                file.IsOpenBefore = openings.Exists(one => ProcessComparison.File(one.Process.Pid, one.Number, file.Process.Pid, file.Number) == 0);
                if (!file.IsOpenBefore)
                    openings.Add(file);
            }
        }
    }
}
