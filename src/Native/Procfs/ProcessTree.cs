using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;

namespace LxcNative.Native.Procfs;

/// <summary>A process and everything below it, by /proc/PID/task/*/children (CONFIG_PROC_CHILDREN).</summary>
public static class ProcessTree
{
    // A fork bomb wins against any number; processes that merely come and go do not.
    private const int MaximumAttempts = 16;

    // For fewer, other threads cost more than they save.
    private const int ManyChildren = 64;

    /// <summary>Reads the tree below a process.</summary>
    /// <remarks>When a process vanishes, or turns out to be another's child, the tree is read again; in the last attempt what vanished is
    /// left out. The tree is exact only for processes that are stopped.</remarks>
    /// <exception cref="SyscallException">ENOENT or ESRCH: the root itself is gone.</exception>
    /// <exception cref="MalformedProcFileException">The kernel's text is not understood.</exception>
    public static ProcessNode Read(int rootPid)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (TryRead(rootPid, leaveOutVanished: attempt == MaximumAttempts) is { } root)
                return root;
        }
    }

    /// <summary>The arguments of a process (/proc/PID/cmdline); empty for a zombie and a kernel thread.</summary>
    /// <exception cref="SyscallException">ENOENT or ESRCH: there is no such process.</exception>
    public static IReadOnlyList<string> ReadCommandLine(int pid)
    {
        var text = KernelFile.ReadText($"/proc/{pid}/cmdline");
        if (text.EndsWith('\0'))
            text = text[..^1];
        return text.Length == 0 ? [] : text.Split('\0');
    }

    private static ProcessNode? TryRead(int rootPid, bool leaveOutVanished)
    {
        using var inner = new InnerPids(rootPid);
        // Breadth first and without recursion: a tree may be as deep as there are pids. Parent's index < child's index.
        var found = new List<Found> { FoundProcess(rootPid, inner) };
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var child in FoundProcesses(found[i].ChildPids, inner))
            {
                // Another parent: it was reparented, or its pid was used again, since the list was read.
                if (child is not null && child.Stat.ParentPid == found[i].Stat.Pid)
                    found.Add(child with { ParentIndex = i });
                else if (!leaveOutVanished)
                    return null;
            }
        }

        var children = found.Select(_ => new List<ProcessNode>()).ToArray();
        for (var i = found.Count - 1; i > 0; i--)
            children[found[i].ParentIndex].Add(found[i].Node(Reversed(children[i])));
        return found[0].Node(Reversed(children[0]));
    }

    private static List<ProcessNode> Reversed(List<ProcessNode> nodes)
    {
        nodes.Reverse();
        return nodes;
    }

    private static Found?[] FoundProcesses(IReadOnlyList<int> pids, InnerPids inner)
    {
        var found = new Found?[pids.Count];
        if (pids.Count < ManyChildren)
        {
            for (var i = 0; i < found.Length; i++)
                found[i] = TryFind(pids[i], inner);
            return found;
        }

        var failures = new ConcurrentQueue<Exception>();
        Parallel.For(0, found.Length, (i, loop) =>
        {
            try
            {
                found[i] = TryFind(pids[i], inner);
            }
            catch (Exception failure)
            {
                failures.Enqueue(failure);
                loop.Stop();
            }
        });
        if (failures.TryDequeue(out var first))
            ExceptionDispatchInfo.Throw(first);
        return found;
    }

    private static Found? TryFind(int pid, InnerPids inner)
    {
        try
        {
            return FoundProcess(pid, inner);
        }
        catch (SyscallException exception) when (exception.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            return null;
        }
    }

    private static Found FoundProcess(int pid, InnerPids inner)
    {
        var stat = ProcStat.Read(pid);
        // Listing the threads of each process would double the time; most have one.
        var threads = stat.ThreadCount > 1 ? ProcessThreads.Read(pid) : [pid];
        var children = new List<int>();
        foreach (var thread in threads)
            children.AddRange(ProcessThreads.ReadChildren(pid, thread));
        return new Found(stat, inner.Of(pid), threads, children, 0);
    }

    private sealed record Found(ProcStat Stat, int PidInNamespace, IReadOnlyList<int> Threads, IReadOnlyList<int> ChildPids, int ParentIndex)
    {
        public ProcessNode Node(IReadOnlyList<ProcessNode> children) =>
            new(Stat.Pid, PidInNamespace, Stat.ParentPid, Stat.Comm, Stat.State, Stat.StartTimeTicks, Threads, children)
            {
                Session = Stat.Session,
                TtyDevice = Stat.TtyDevice,
            };
    }
}
