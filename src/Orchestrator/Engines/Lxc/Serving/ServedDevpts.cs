using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Engines.Lxc.Serving;

/// <summary>The container's devpts, where lxc-attach makes the terminal of its session.</summary>
internal static class ServedDevpts
{
    /// <summary>Opens it as a place; the caller's to dispose.</summary>
    /// <param name="init">The container's init.</param>
    /// <exception cref="SyscallException">It has none. Nothing in the container leads elsewhere: no link is followed on the way.</exception>
    public static FileDescriptor Open(int init)
    {
        // The monitor must not wait for a server of the container's own.
        if (ServedMounts.Of(init).Holds("/dev/pts"))
            throw new SyscallException("open", "dev/pts", Errno.ENOENT);
        using var root = FileOpen.Open($"/proc/{init}/root", OpenFlags.Path | OpenFlags.Directory);
        var devpts = FileOpen.OpenAt2(root, "dev/pts", OpenFlags.Path | OpenFlags.Directory, ResolveFlags.InRoot | ResolveFlags.NoSymbolicLinks);
        if (StatFs.Read(devpts).Type == FileSystemMagic.Devpts)
            return devpts;
        devpts.Dispose();
        throw new SyscallException("open", "dev/pts", Errno.ENOENT);
    }
}
