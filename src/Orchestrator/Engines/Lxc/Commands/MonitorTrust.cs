using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Procfs;
using LxcNative.Native.Sockets;

namespace LxcNative.Orchestrator.Engines.Lxc.Commands;

/// <summary>Who is believed to be a container's monitor: anybody can listen at an abstract address that is free.</summary>
internal static class MonitorTrust
{
    /// <summary>Whether a user may run the monitor of a container there: root, or the owner of the directory that LXC keeps its containers in.</summary>
    public static bool IsAllowed(uint user, string lxcPath) =>
        user == 0 || (FileStatus.TryRead(lxcPath, out var place) && place.IsDirectory && place.UserId == user);

    /// <summary>Whether a process is the parent of what it says is its container's init.</summary>
    /// <remarks>Nobody else's word counts: a container's init is the child of its monitor, in LXC and here alike.</remarks>
    public static bool IsParent(UnixCredentials answerer, int init)
    {
        try
        {
            return answerer.ProcessId > 0 && init > 0 && ProcStat.Read(init).ParentPid == answerer.ProcessId;
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            // No such process, or none any more.
            return false;
        }
    }
}
