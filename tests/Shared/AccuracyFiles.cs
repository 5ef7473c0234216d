namespace LxcNative.Testing;

/// <summary>Where the tests of the pre-flight's accuracy leave what they found. None of it is a file of the repository, unless eng/accuracy asks for the
/// page.</summary>
internal static class AccuracyFiles
{
    /// <summary>The page: out/accuracy/preflight-accuracy.md, or the path in LXCNATIVE_ACCURACY_PAGE.</summary>
    public static string Page =>
        Environment.GetEnvironmentVariable("LXCNATIVE_ACCURACY_PAGE") is { Length: > 0 } path ? path : Path.Combine(Directory, "preflight-accuracy.md");

    /// <summary>What became of each state that was checkpointed and restored, a line each: state, verdict and detail with tabs between.</summary>
    public static string Restored => Path.Combine(Directory, "restored.tsv");

    private static string Directory => System.IO.Directory.CreateDirectory(Path.Combine(RepositoryRoot.Path, "out", "accuracy")).FullName;
}
