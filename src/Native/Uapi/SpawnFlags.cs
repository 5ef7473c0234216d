namespace LxcNative.Native.Uapi;

/// <summary>spawn.h of the GNU C library.</summary>
internal static class SpawnFlags
{
    public const short POSIX_SPAWN_SETSIGDEF = 0x04;
    public const short POSIX_SPAWN_SETSIGMASK = 0x08;
    public const short POSIX_SPAWN_SETSID = 0x80;

    /// <summary>Room for posix_spawnattr_t and for posix_spawn_file_actions_t, both opaque: larger than either, which a test proves.</summary>
    public const int OpaqueSize = 1024;
}
