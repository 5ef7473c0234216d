namespace LxcNative.Native.Files;

/// <summary>Which of two absolute paths is part of the other, by their texts alone.</summary>
internal static class PathScope
{
    /// <summary>Whether a path is a directory, or below it.</summary>
    /// <param name="directory">The directory, without a slash at its end unless it is the root.</param>
    /// <param name="path">The path.</param>
    public static bool Holds(string directory, string path) =>
        directory == "/" || path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal);
}
