using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>The two halves of st_mode.</summary>
internal static class ModeBits
{
    /// <summary>What kind of file it is.</summary>
    public static FileType Type(uint mode) => (FileType)(mode & Stat.S_IFMT);

    /// <summary>The permission bits with set-user-id, set-group-id and sticky.</summary>
    public static uint Permissions(uint mode) => mode & Stat.S_PERMISSIONS;
}
