using LxcNative.Native.Uapi;

namespace LxcNative.Native.Files;

/// <summary>Flags that some file systems keep with a file (ioctl_iflags(2)); bits that are not named here are kept as they are.</summary>
[Flags]
internal enum InodeFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>What is made in this directory is not related: ext4 spreads its subdirectories over the disk (chattr +T).</summary>
    TopOfDirectories = Fs.FS_TOPDIR_FL,
}
