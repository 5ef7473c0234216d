using LxcNative.Orchestrator.Preflight.Interop;
using LxcNative.Orchestrator.Preflight.Rules;

namespace LxcNative.Orchestrator.Preflight.Snapshot;

/// <summary>Finds what epoll descriptors watch and their processes have closed, by kcmp(2) with KCMP_EPOLL_TFD.</summary>
internal static class EpollCollector
{
    /// <summary>Fills in the escaped targets. A number that is open on the same inode is taken for the target without asking.</summary>
    public static void Collect(IEnumerable<ObservedProcess> processes)
    {
        // criu dumps an open file once, with the first process of the tree that has it; a child that inherited it need not have what it watches.
        var dumped = new List<ObservedFile>();
        foreach (var process in processes)
        {
            foreach (var file in process.Files.Where(file => file is { Target: "anon_inode:[eventpoll]", Info: not null }))
            {
                var targets = FdInfo.EpollTargets(file.Info!).Where(target => IsEscaped(process, file.Number, target)).Select(target => target.Number).ToList();
                if (targets.Count > 0 && dumped.Exists(other => ProcCalls.CompareFiles(other.Process.Pid, process.Pid, other.Number, file.Number) == 0))
                    continue;
                dumped.Add(file);
                file.EscapedTargets = targets;
            }
        }
    }

    private static bool IsEscaped(ObservedProcess process, int epoll, (int Number, ulong Inode) target)
    {
        if (process.Files.Any(file => file.Number == target.Number && file.Inode == target.Inode))
            return false;
        // The same may have another number. An answer that is neither equal nor different says nothing.
        var compared = process.Files.Where(file => file.Number >= 0 && file.Inode == target.Inode)
            .Select(file => ProcCalls.CompareEpollTarget(process.Pid, file.Number, epoll, target.Number)).ToList();
        return compared.TrueForAll(result => result is 1 or 2 or 3);
    }
}
