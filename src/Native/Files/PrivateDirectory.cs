namespace LxcNative.Native.Files;

/// <summary>Directories that only their owner may read or write.</summary>
internal static class PrivateDirectory
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a directory, and those above it that are missing, that others may go through who know what is in it (mode 0711): the root of a
    /// container's user namespace comes to what is mounted there.</summary>
    /// <inheritdoc cref="Create(string)" path="/exception" />
    public static void CreatePassage(string path) => Create(path, Mode | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    /// <summary>Makes a directory, and those above it that are missing, with mode 0700; one that is there stays as it is.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not.</exception>
    public static void Create(string path) => Create(path, Mode);

    private static void Create(string path, UnixFileMode mode)
    {
        // The runtime gives the mode to the last one alone.
        if (Path.GetDirectoryName(path) is { Length: > 0 } above && !Directory.Exists(above))
            Create(above, mode);
        Directory.CreateDirectory(path, mode);
    }
}
