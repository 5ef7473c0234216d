using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>All that statx(2) tells of an inode and that is used somewhere.</summary>
/// <param name="Status">What stat(2) tells.</param>
/// <param name="Blocks">What it occupies, in 512 bytes.</param>
/// <param name="MountId">The mount it was reached through, as mountinfo numbers it; 0 before Linux 5.8 and where it was not asked for.</param>
/// <param name="Access">When it was read last.</param>
/// <param name="Modification">When it was written last.</param>
/// <param name="Change">When anything of it was changed last: nobody can set this back.</param>
internal readonly record struct FileDetails(
    FileStatus Status, ulong Blocks, ulong MountId, FileTimestamp Access, FileTimestamp Modification, FileTimestamp Change)
{
    internal static FileDetails From(in statx buffer) => new(
        FileStatus.From(buffer),
        buffer.stx_blocks,
        buffer.stx_mnt_id,
        new FileTimestamp(buffer.stx_atime.tv_sec, buffer.stx_atime.tv_nsec),
        new FileTimestamp(buffer.stx_mtime.tv_sec, buffer.stx_mtime.tv_nsec),
        new FileTimestamp(buffer.stx_ctime.tv_sec, buffer.stx_ctime.tv_nsec));
}
