namespace LxcNative.Orchestrator.Parts.Tmpfs.Format;

/// <summary>The layout of a tmpfs image.</summary>
/// <remarks><code>
/// "LXNTMPFS" u32 version | record ... | record of kind End
/// File:     u8 1, bytes path, u32 mode uid gid, i64+u32 atime, i64+u32 mtime, then by type
///           device: u32 major minor; link: bytes target; regular: u64 size
///           u32 count of attributes, each: bytes name, bytes value
///           regular: segments of u64 offset, u64 length, content; one of length 0 ends them
/// HardLink: u8 2, bytes path, bytes path of the first name
/// bytes:    u32 length, content. All numbers are little-endian.
/// </code>What lies between the segments of a file is a hole.</remarks>
internal static class TmpfsFormat
{
    /// <summary>The layout that this version writes and reads.</summary>
    public const uint Version = 1;

    /// <summary>The longest path: PATH_MAX without its NUL.</summary>
    public const int LongestPath = 4095;

    /// <summary>The longest name of an attribute (XATTR_NAME_MAX).</summary>
    public const int LongestAttributeName = 255;

    /// <summary>The longest value of an attribute (XATTR_SIZE_MAX).</summary>
    public const int LongestAttributeValue = 65536;

    /// <summary>More attributes than XATTR_LIST_MAX lets a file have.</summary>
    public const uint MostAttributes = 32768;

    /// <summary>What an image begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "LXNTMPFS"u8;
}
