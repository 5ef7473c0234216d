namespace LxcNative.Native.Files;

/// <summary>Paths of directories as people write them.</summary>
internal static class DirectoryPath
{
    /// <summary>The absolute path without ".", ".." and a slash at its end: with one a symbolic link would be followed, and mount tables do not have it.
    /// Nothing is looked up.</summary>
    public static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
