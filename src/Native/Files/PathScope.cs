namespace LxcNative.Native.Files;

/// <summary>What a path is below, by its text alone.</summary>
internal static class PathScope
{
    /// <summary>Whether an absolute path is a directory, or below it.</summary>
    /// <param name="directory">The directory, without a slash at its end unless it is the root.</param>
    /// <param name="path">The path.</param>
    public static bool Holds(string directory, string path) =>
        directory == "/" || path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal);

    /// <summary>Whether a path is of names alone, and so leads to something below whatever directory it is of.</summary>
    public static bool IsBelow(string path) =>
        !path.Contains('\0', StringComparison.Ordinal) && path.Split('/').All(name => name is not ("" or "." or ".."));
}
