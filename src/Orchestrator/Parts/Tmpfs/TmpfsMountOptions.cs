using LxcNative.Native.Mounts;

namespace LxcNative.Orchestrator.Parts.Tmpfs;

/// <summary>What a tmpfs is mounted with, from the superblock options of mountinfo (tmpfs(5)).</summary>
internal static class TmpfsMountOptions
{
    // What mount(2) takes back; rw and ro are flags, seclabel is said by the kernel only.
    private static readonly HashSet<string> Known = ["size", "nr_blocks", "nr_inodes", "mode", "uid", "gid", "huge", "mpol", "inode32", "inode64", "noswap"];

    /// <summary>The data argument for mount(2); empty for a tmpfs with the kernel's defaults.</summary>
    public static string Data(string superOptions) =>
        string.Join(',', superOptions.Split(',').Where(option => Known.Contains(option.Split('=', 2)[0])).Select(option => MountEscapes.Decode(option)));

    /// <summary>The first option that could not be given to a new tmpfs; null where all can.</summary>
    public static string? Unknown(string superOptions) =>
        superOptions.Split(',').Select(option => option.Split('=', 2)[0])
            .FirstOrDefault(name => !Known.Contains(name) && name is not ("rw" or "ro" or "seclabel" or ""));

    /// <summary>Whether the whole file system was read-only.</summary>
    public static bool IsReadOnly(string superOptions) => superOptions.Split(',').Contains("ro");
}
