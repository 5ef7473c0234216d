namespace LxcNative.Native.Files;

/// <summary>Directories that only their owner may read, search or write.</summary>
internal static class PrivateDirectory
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a directory, and those above it that are missing, with mode 0700; one that is there stays as it is.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not.</exception>
    public static void Create(string path) => Directory.CreateDirectory(path, Mode);
}
