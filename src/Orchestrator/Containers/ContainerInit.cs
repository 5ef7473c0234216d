using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Finds the init of the container that a process belongs to.</summary>
internal static class ContainerInit
{
    /// <summary>The pid, as this process sees it, of the init of the pid namespace that <paramref name="pid"/> is in.</summary>
    /// <exception cref="RefusedException">There is no such process, or it is a process of the host.</exception>
    public static int Find(int pid)
    {
        if (pid <= 0)
            throw new RefusedException($"{pid} is not a process id: give the pid of any process of the container, as the host sees it");
        if (pid == 1)
            throw new RefusedException("process 1 is the host's own init, and of no container: give the pid of any process of the container, as the host sees "
                + "it");
        NamespaceId home, host;
        try
        {
            home = NamespaceId.Read(pid, NamespaceKind.Pid);
            host = NamespaceId.Read(Environment.ProcessId, NamespaceKind.Pid);
        }
        catch (SyscallException e) when (e.Errno is Errno.EACCES or Errno.EPERM)
        {
            throw new RefusedException(
                $"the namespaces of process {pid} cannot be seen ({e.Errno}): that takes root of the user namespace that the container was started from", e);
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            throw new ContainerNotFoundException($"there is no process {pid}: it may have ended; `lxc-info -p` tells the pid of a container that runs", e);
        }

        if (home == host)
            throw new RefusedException($"process {pid} ({ReadName(pid)}) is a process of the host, not of a container: its pid namespace is this one's");

        // From the process upwards: the last one that is still in the namespace is its init (or a process that joined from outside).
        for (var current = pid; current > 0;)
        {
            var status = ProcStatus.Read(current);
            if (status.NSpid[^1] == 1 && NamespaceId.Read(current, NamespaceKind.Pid) == home)
                return current;
            current = status.PPid;
            if (current > 0 && NamespaceId.Read(current, NamespaceKind.Pid) == host)
                break;
        }

        // Joined from outside (lxc-attach): its parent is on the host, so the init is looked for among all processes.
        foreach (var candidate in ProcessIds.Read())
            if (IsInitOf(candidate, home))
                return candidate;
        throw new RefusedException($"process {pid} is in a pid namespace whose init is not visible from here");
    }

    private static bool IsInitOf(int pid, NamespaceId home)
    {
        try
        {
            return ProcStatus.Read(pid).NSpid[^1] == 1 && NamespaceId.Read(pid, NamespaceKind.Pid) == home;
        }
        catch (Exception e) when (e is SyscallException or IOException)
        {
            // Processes come and go while the table is walked; one that is gone is not the init looked for.
            return false;
        }
    }

    private static string ReadName(int pid) => ProcStat.Read(pid).Comm;
}
