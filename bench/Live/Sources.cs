namespace LxcNative.Bench.Live;

/// <summary>Places in the working copy, wherever the benchmark runs.</summary>
internal static class Sources
{
    /// <summary>The directory of LxcNative.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The command under test.</summary>
    public static string Command => Environment.GetEnvironmentVariable("LXCNATIVE") is { Length: > 0 } path ? path : Path.Combine(Root, "out", "lxcnative");

    private static string Find()
    {
        // BenchmarkDotNet runs copies of this program from elsewhere.
        if (Environment.GetEnvironmentVariable("LXCNATIVE_ROOT") is { Length: > 0 } given)
            return given;
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "LxcNative.sln")))
                return at.FullName;
        throw new DirectoryNotFoundException("no LxcNative.sln above: set LXCNATIVE_ROOT");
    }
}
