namespace LxcNative.EndToEnd.Tests.Fixtures;

/// <summary>Places in the working copy that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The directory of LxcNative.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "LxcNative.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException($"no LxcNative.sln above {AppContext.BaseDirectory}");
    }
}
