using System.Runtime.InteropServices;

namespace LxcNative.Native.Interop;

/// <summary>posix_spawn(3) and its two opaque objects. All of these return the errno itself.</summary>
/// <remarks>SetLastError is for the generator only: without it the attribute it writes on these declarations is the banned DllImport.</remarks>
internal static unsafe partial class Libc
{
    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawn", SetLastError = true)]
    internal static partial int PosixSpawn(int* pid, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawn_file_actions_init", SetLastError = true)]
    internal static partial int SpawnActionsInit(void* actions);

    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawn_file_actions_destroy", SetLastError = true)]
    internal static partial int SpawnActionsDestroy(void* actions);

    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawn_file_actions_adddup2", SetLastError = true)]
    internal static partial int SpawnActionsAddDup2(void* actions, int descriptor, int target);

    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawn_file_actions_addopen", SetLastError = true)]
    internal static partial int SpawnActionsAddOpen(void* actions, int descriptor, byte* path, int flags, uint mode);

    /// <summary>GNU C library 2.34.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawn_file_actions_addclosefrom_np", SetLastError = true)]
    internal static partial int SpawnActionsAddCloseFrom(void* actions, int first);

    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawn_file_actions_addclose", SetLastError = true)]
    internal static partial int SpawnActionsAddClose(void* actions, int descriptor);

    /// <summary>GNU C library 2.29.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawn_file_actions_addchdir_np", SetLastError = true)]
    internal static partial int SpawnActionsAddChdir(void* actions, byte* path);

    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawnattr_init", SetLastError = true)]
    internal static partial int SpawnAttributesInit(void* attributes);

    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawnattr_destroy", SetLastError = true)]
    internal static partial int SpawnAttributesDestroy(void* attributes);

    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawnattr_setflags", SetLastError = true)]
    internal static partial int SpawnAttributesSetFlags(void* attributes, short flags);

    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawnattr_setsigdefault", SetLastError = true)]
    internal static partial int SpawnAttributesSetSignalDefault(void* attributes, void* set);

    [LibraryImport(Libraries.Libc, EntryPoint = "posix_spawnattr_setsigmask", SetLastError = true)]
    internal static partial int SpawnAttributesSetSignalMask(void* attributes, void* set);
}
