using LxcNative.Native.Errors;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The TCP sockets that a criu which died has left under repair: they take what comes and send nothing, so that their peers wait, or are
/// reset.</summary>
internal static class AbandonedSockets
{
    /// <summary>Takes them out of it, all that the container's processes have open.</summary>
    /// <returns>What could not be done, in words.</returns>
    public static IReadOnlyList<string> Release(Container container)
    {
        var troubles = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var process in container.Processes.SelfAndDescendants())
        {
            try
            {
                Release(process.Pid, seen);
            }
            catch (SyscallException e) when (e.Errno is Errno.ESRCH or Errno.ENOENT)
            {
                // It has ended, and with it what it had open alone.
            }
            catch (LinuxException e)
            {
                troubles.Add($"connections of process {process.Pid} ({process.Name}) may stand still: {e.Message}");
            }
        }

        return troubles;
    }

    private static void Release(int pid, HashSet<string> seen)
    {
        using var handle = ProcessHandle.Open(pid);
        foreach (var open in ProcessDescriptors.Read(pid)
            .Where(open => open.Target.StartsWith("socket:", StringComparison.Ordinal) && !seen.Contains(open.Target)))
        {
            try
            {
                using var socket = handle.DuplicateDescriptor(open.Number);
                if (TcpRepair.IsOn(socket))
                    TcpRepair.TurnOff(socket);
                seen.Add(open.Target);
            }
            catch (SyscallException e) when (e.Errno == Errno.EBADF)
            {
                // Closed since it was listed, as those of criu's parasite are when it ends; another process may still have it.
            }
        }
    }
}
