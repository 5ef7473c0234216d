using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Engines.Lxc;

namespace LxcNative.Orchestrator.Restores.Clones;

/// <summary>Whether a directory is the root of a container that runs: two that write to one root destroy it.</summary>
internal static class RootUse
{
    /// <summary>The init of one whose root it is; null where it is nobody's.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="lxcPath">Where LXC keeps the original.</param>
    /// <param name="original">The original's name.</param>
    /// <exception cref="Errors.LxcNativeException">LXC's monitor of that name does not answer.</exception>
    public static int? Of(string root, string lxcPath, string original) => Of(root,
        [.. LxcCommandSocket.InitPid(lxcPath, original) is { } init ? (int[])[init] : [], .. RestoredContainer.All().Select(one => one.InitPid)]);

    /// <summary>The one of several inits whose root a directory is.</summary>
    internal static int? Of(string root, IEnumerable<int> inits)
    {
        if (!FileStatus.TryRead(root, out var named))
            return null;
        foreach (var init in inits)
            if (RootOf(init) is { } other && (other.Device, other.Inode) == (named.Device, named.Inode))
                return init;
        return null;
    }

    private static FileStatus? RootOf(int init)
    {
        try
        {
            return FileStatus.TryRead($"/proc/{init}/root", out var found) ? found : null;
        }
        catch (SyscallException e) when (e.Errno is Errno.ESRCH)
        {
            return null;
        }
    }
}
