using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
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

    /// <summary>Whether a mount is one.</summary>
    public static bool Is(MountEntry entry) =>
        entry is { FileSystemType: "ramfs", Root: "/" } && entry.MountPoint.StartsWith(Directory, StringComparison.Ordinal)
        && !entry.MountPoint[Directory.Length..].Contains('/', StringComparison.Ordinal);

    /// <summary>Whether it can be taken away and made again.</summary>
    public static bool IsSetAside(ContainerMount mount, PreflightSnapshot snapshot) => Is(mount.Entry) && !snapshot.Contents.ContainsKey(mount.Entry.Id);

    /// <summary>It, of a mount.</summary>
    // The superblock's options begin with rw or ro, which is a flag.
    public static CredentialMount Of(MountEntry entry) =>
        new(entry.MountPoint, entry.Options, string.Join(',', entry.SuperOptions.Split(',').Where(option => option is not ("rw" or "ro"))));
}
