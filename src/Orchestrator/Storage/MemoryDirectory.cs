using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;

namespace LxcNative.Orchestrator.Storage;

/// <summary>A directory in memory that nobody can find: a tmpfs that was mounted where nobody else sees it, and is mounted no more. It ends with its
/// descriptors.</summary>
internal static class MemoryDirectory
{
    private const string Place = "/run";

    /// <summary>Makes one, root's alone; the caller's to dispose.</summary>
    /// <param name="most">The most bytes that it takes: what needs more fails with ENOSPC.</param>
    /// <exception cref="SyscallException">It cannot be made.</exception>
    public static FileDescriptor Create(long most) => NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
    {
        Mount.SetPropagation("/", Propagation.Private, recursive: true);
        var options = string.Create(CultureInfo.InvariantCulture, $"mode=700,size={most}");
        Mount.MountFileSystem("tmpfs", "lxcnative", Place, MountFlags.NoSuid | MountFlags.NoDev | MountFlags.NoExec, options);
        return FileOpen.Open(Place, OpenFlags.ReadOnly | OpenFlags.Directory);
    });
}
