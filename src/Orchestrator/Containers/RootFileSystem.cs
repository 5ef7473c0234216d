namespace LxcNative.Orchestrator.Containers;

/// <summary>What has to be mounted for the container's root.</summary>
/// <param name="HostPath">The directory of the host that is the root; null where the root is not visible on the host (overlay, own block device).</param>
/// <param name="FileSystemType">The file system's type.</param>
/// <param name="Source">Its source (a block device's path, or a word).</param>
/// <param name="Options">The options of its superblock, as mountinfo shows them (for overlay: lowerdir, upperdir, workdir).</param>
/// <param name="Subdirectory">The directory of that file system that is the root.</param>
/// <param name="ReadOnly">Whether the root is mounted read-only.</param>
public sealed record RootFileSystem(string? HostPath, string FileSystemType, string Source, string Options, string Subdirectory, bool ReadOnly)
{
    /// <summary>The inode of the root directory; 0 where it is not known, or changes with each mount.</summary>
    public ulong Inode { get; init; }
}
