namespace LxcNative.Native.Criu;

/// <summary>Finds what criu wrote about a call that failed.</summary>
internal static class CriuFailureLog
{
    /// <summary>The log's path and error lines; criu's standard error where it did not come as far as a log.</summary>
    public static (string? Path, IReadOnlyList<string> Errors) Read(CriuOptions options)
    {
        var early = options.Worker?.ReadStandardError().Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (options.LogFile is not { } name || (options.WorkDirectory ?? options.ImagesDirectory) is not { } directory)
            return (null, early);
        var link = $"/proc/self/fd/{directory.Number}";
        var path = Path.Combine(Directory.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName ?? link, name);
        try
        {
            return (path, CriuLog.ErrorsOf(Path.Combine(link, name)) is { Count: > 0 } errors ? errors : early);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The failure of criu is what has to be told; that its log is unreadable is part of it.
            return (path, [.. early, $"the log cannot be read: {failure.Message}"]);
        }
    }
}
