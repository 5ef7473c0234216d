namespace LxcNative.Testing;

/// <summary>The checked-out repository that the tests were built from.</summary>
internal static class RepositoryRoot
{
    /// <summary>The directory of LxcNative.sln.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "LxcNative.sln")))
                return at.FullName;
        }

        throw new DirectoryNotFoundException($"no LxcNative.sln above {AppContext.BaseDirectory}");
    }
}
