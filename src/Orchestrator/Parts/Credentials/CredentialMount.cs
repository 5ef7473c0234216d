using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Credentials;

/// <summary>The file system that systemd mounts for a unit's credentials (systemd.exec(5)) and leaves there, empty where there are none. criu knows no
/// ramfs.</summary>
/// <param name="MountPoint">Where.</param>
/// <param name="Options">The mount's own options (ro, nosuid, ...), as mountinfo shows them.</param>
/// <param name="Data">What the file system was made with.</param>
internal sealed record CredentialMount(string MountPoint, string Options, string Data)
{
    private const string Directory = "/run/credentials/";

    /// <summary>Whom its directory belongs to, as the host has it.</summary>
    public uint User { get; init; }

    /// <summary>The group.</summary>
    public uint Group { get; init; }

    /// <summary>Who may do what in it (the permission bits of st_mode).</summary>
    public uint Permissions { get; init; }

    /// <summary>Whether a mount is one.</summary>
    public static bool Is(MountEntry entry) =>
        entry is { FileSystemType: "ramfs", Root: "/" } && entry.MountPoint.StartsWith(Directory, StringComparison.Ordinal)
        && !entry.MountPoint[Directory.Length..].Contains('/', StringComparison.Ordinal);

    /// <summary>Whether it is made anew by the restore: nothing is in it that would be lost.</summary>
    public static bool IsMadeAnew(ContainerMount mount, ContainerSnapshot snapshot) => Is(mount.Entry) && !snapshot.Contents.ContainsKey(mount.Entry.Id);

    /// <summary>It, of a mount of a container.</summary>
    /// <param name="init">The container's init.</param>
    /// <param name="entry">The mount.</param>
    /// <exception cref="RefusedException">It is not there any more.</exception>
    // The superblock's options begin with rw or ro, which is a flag.
    public static CredentialMount Of(int init, MountEntry entry)
    {
        var status = DirectoryOf(init, entry.MountPoint);
        var data = string.Join(',', entry.SuperOptions.Split(',').Where(option => option is not ("rw" or "ro")));
        return new CredentialMount(entry.MountPoint, entry.Options, data)
        {
            User = status.UserId,
            Group = status.GroupId,
            Permissions = status.Permissions,
        };
    }

    private static FileStatus DirectoryOf(int init, string mountPoint)
    {
        try
        {
            using var root = FileOpen.Open($"/proc/{init}/root", OpenFlags.Path | OpenFlags.Directory);
            using var place = FileOpen.OpenAt2(root, mountPoint, OpenFlags.Path, ResolveFlags.InRoot | ResolveFlags.NoSymbolicLinks);
            return FileStatus.Read(place);
        }
        catch (SyscallException e)
        {
            throw new RefusedException($"what is mounted on {mountPoint} in the container cannot be looked at, or was unmounted meanwhile: {e.Message}", e);
        }
    }
}
