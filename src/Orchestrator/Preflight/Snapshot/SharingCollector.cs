using LxcNative.Native.Processes;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Finds processes that share what they should not, by kcmp(2), which orders processes by the address of what they have.</summary>
internal static class SharingCollector
{
    /// <summary>Finds them; nothing where the kernel has no kcmp.</summary>
    public static List<SharedState> Collect(IReadOnlyList<ObservedProcess> processes)
    {
        var alive = processes.Where(process => !process.HasEnded).ToList();
        var (memory, fileSystem) = (new List<SharedState>(), new List<SharedState>());
        Parallel.Invoke(() => memory = Collect(SharedStateKind.Memory, alive), () => fileSystem = Collect(SharedStateKind.FileSystem, alive));
        // Whoever shares handlers shares the memory too (clone(2): CLONE_SIGHAND needs CLONE_VM; execve(2) ends both), and criu stops at the memory.
        return [.. memory, .. fileSystem.Where(one => memory.All(other => other.Other != one.Other))];
    }

    private static List<SharedState> Collect(SharedStateKind kind, List<ObservedProcess> processes)
    {
        var found = new List<SharedState>();
        var known = new SortedSet<ObservedProcess>(new Order(kind));
        foreach (var process in processes)
        {
            if (!known.Add(process) && known.TryGetValue(process, out var other))
                found.Add(new SharedState(kind, other, process));
        }

        return found;
    }

    private sealed class Order(SharedStateKind kind) : IComparer<ObservedProcess>
    {
        public int Compare(ObservedProcess? x, ObservedProcess? y)
        {
            if (ReferenceEquals(x, y))
                return 0;
            return (kind == SharedStateKind.Memory ? ProcessComparison.Memory(x!.Pid, y!.Pid) : ProcessComparison.FileSystem(x!.Pid, y!.Pid)) switch
            {
                0 => 0,
                1 => -1,
                2 => 1,
                // Gone, or kcmp is not there: different, in any order.
                _ => x.Pid.CompareTo(y.Pid),
            };
        }
    }
}
