using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Processes;
using LxcNative.Native.Procfs;
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
                var targets = Escaped(process.Pid, file.Number, file.Info!,
                    [.. process.Files.Where(other => other.Number >= 0).Select(other => (other.Number, other.Inode))]);
                // The descriptors were read before what epoll watches: a program that runs has opened more meanwhile. What it watches is read first now.
                if (targets.Count > 0)
                    targets = LookAgain(process.Pid, file.Number);
                if (targets.Count > 0 && dumped.Exists(other => ProcessComparison.File(other.Process.Pid, other.Number, process.Pid, file.Number) == 0))
                    continue;
                dumped.Add(file);
                file.EscapedTargets = targets;
            }
        }
    }

    /// <summary>The numbers under which an epoll descriptor watches something that is in none of the process's descriptors.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="epoll">Its epoll descriptor.</param>
    /// <param name="info">The text of fdinfo of that.</param>
    /// <param name="open">The process's descriptors, with the inodes of what they are open on.</param>
    internal static List<int> Escaped(int pid, int epoll, string info, IReadOnlyList<(int Number, ulong Inode)> open)
    {
        var (escaped, seen) = (new List<int>(), new Dictionary<int, int>());
        foreach (var target in FdInfo.EpollTargets(info))
        {
            // Several may have been added under one number, which was closed and used again in between.
            var offset = seen.GetValueOrDefault(target.Number);
            seen[target.Number] = offset + 1;
            if (open.Contains(target))
                continue;
            // The same may have another number. An answer that is neither equal nor different says nothing.
            if (open.Where(file => file.Inode == target.Inode)
                .All(file => ProcessComparison.EpollTarget(pid, file.Number, epoll, target.Number, offset) is 1 or 2 or 3))
                escaped.Add(target.Number);
        }

        return escaped;
    }

    private static List<int> LookAgain(int pid, int epoll)
    {
        try
        {
            var info = KernelFile.ReadText($"/proc/{pid}/fdinfo/{epoll}");
            var open = new List<(int, ulong)>();
            foreach (var entry in DirectoryListing.Read($"/proc/{pid}/fd"))
            {
                if (int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && ProcReader.TryStat($"/proc/{pid}/fd/{number}", out var details))
                    open.Add((number, details.Status.Inode));
            }

            return Escaped(pid, epoll, info, open);
        }
        catch (SyscallException)
        {
            // It ended, or closed it.
            return [];
        }
    }
}
