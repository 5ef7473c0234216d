using LxcNative.Native.Errors;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;

namespace LxcNative.Native.Criu;

/// <summary>What one criu sees of the namespaces of single tasks: in the /proc that it alone sees, a directory of links lies over /proc/PID/ns.</summary>
/// <remarks>criu asks for a task's namespaces by following these links, and refuses a nested one of a kind that it cannot make again. The task itself is not
/// touched.</remarks>
internal static class NamespaceCover
{
    // Those that are no kind of their own.
    private static readonly string[] s_forChildren = ["pid_for_children", "time_for_children"];

    /// <summary>Runs code that starts a criu whose /proc may be covered: in a mount namespace of its own, from which nothing comes to the host's.</summary>
    /// <exception cref="SyscallException">The namespace could not be made.</exception>
    public static T InOwnMounts<T>(Func<T> start) => NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
    {
        Mount.SetPropagation("/", Propagation.Slave, recursive: true);
        return start();
    });

    /// <summary>Covers tasks; those that are gone are left out.</summary>
    /// <param name="criu">The pid of the criu, started by <see cref="InOwnMounts"/>.</param>
    /// <param name="home">The task whose namespaces are shown for theirs.</param>
    /// <param name="tasks">The tasks, and of which kinds.</param>
    /// <exception cref="SyscallException">A mount failed.</exception>
    public static void Lay(int criu, int home, IReadOnlyList<(int Pid, NamespaceKind Kinds)> tasks)
    {
        using var mounts = Namespace.Open(criu, NamespaceKind.Mount);
        NamespaceThread.Run(
            () =>
            {
                foreach (var (pid, kinds) in tasks)
                    Lay(pid, kinds, home);
            },
            mounts);
    }

    private static void Lay(int pid, NamespaceKind kinds, int home)
    {
        var place = $"/proc/{pid}/ns";
        try
        {
            Mount.MountFileSystem("tmpfs", "lxcnative", place, MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec, "size=16k,mode=755");
            foreach (var kind in NamespaceKind.All)
                File.CreateSymbolicLink($"{place}/{kind.FileName}", (kinds & kind) != 0 ? $"/proc/{home}/ns/{kind.FileName}" : Uncovered(pid, kind.FileName));
            foreach (var name in s_forChildren)
                File.CreateSymbolicLink($"{place}/{name}", Uncovered(pid, name));
        }
        catch (SyscallException e) when (e.Errno is Errno.ENOENT or Errno.ESRCH)
        {
            // It has ended.
        }
        catch (IOException) when (!Directory.Exists($"/proc/{pid}"))
        {
            // It ended, and with it what was laid over it.
        }
    }

    // The other way to the same.
    private static string Uncovered(int pid, string name) => $"/proc/{pid}/task/{pid}/ns/{name}";
}
