using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Engines.Lxc;
using LxcNative.Orchestrator.Engines.Lxc.Configurations;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Containers;

/// <summary>Finds the logs of a container: of its last checkpoint and restore, of its console, and LXC's.</summary>
public static class ContainerLogs
{
    private const string Suffix = ".log", ConsoleKey = "lxc.console.logfile", LxcKey = "lxc.log.file";

    /// <summary>Finds them; it need not run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lxcPath">Where LXC keeps it; null for the default.</param>
    /// <param name="store">The store of its checkpoints; null for the usual one.</param>
    /// <returns>Those that are there, the newest first.</returns>
    /// <exception cref="RefusedException">That is no container's name.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is not root.</exception>
    public static IReadOnlyList<ContainerLog> Find(string name, string? lxcPath = null, CheckpointStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ContainerName.Check(name);
        RootOnly.Require("reading a container's logs");
        var path = LxcPath.Of(lxcPath);
        store ??= new CheckpointStore();
        var images = ImagesOf(name, path, store).Distinct(StringComparer.Ordinal).SelectMany(OfImages);
        var own = new[] { ("console", Item(path, name, ConsoleKey)), ("lxc", Item(path, name, LxcKey) ?? $"/var/log/lxc/{name}.log") }
            .Select(one => one.Item2 is { } file ? Look(one.Item1, file) : null).OfType<ContainerLog>();
        return [.. images.Concat(own).OrderByDescending(log => log.Written).ThenBy(log => log.Path, StringComparer.Ordinal)];
    }

    // A failed checkpoint leaves its log in a directory that has no manifest.
    private static IEnumerable<string> ImagesOf(string name, string path, CheckpointStore store)
    {
        if (RestoredContainer.ByName(name) is { } restored && restored.LxcPath == path)
            yield return restored.ImagesDirectory;
        if (store.Newest(name) is { } newest)
            yield return newest;
        var all = Path.Combine(store.Path, name);
        if (Directory.Exists(all) && Directory.EnumerateDirectories(all).Order(StringComparer.Ordinal).LastOrDefault() is { } last)
            yield return last;
    }

    private static IEnumerable<ContainerLog> OfImages(string directory) =>
        !Directory.Exists(directory) || TrustedPath.Trouble(directory) is not null
            ? []
            : Directory.EnumerateFiles(directory, $"*{Suffix}")
                .Select(file => Look(Path.GetFileName(file).Contains("restore", StringComparison.Ordinal) ? "restore" : "checkpoint", file))
                    .OfType<ContainerLog>();

    private static string? Item(string path, string name, string key)
    {
        try
        {
            if (LxcCommandSocket.ConfigItem(path, name, key) is { Length: > 0 } running)
                return running;
        }
        catch (RefusedException)
        {
            // Its monitor does not answer: the file says what it will be next time.
        }

        var file = Path.Combine(path, name, "config");
        return File.Exists(file) ? LxcConfiguration.Parse(RegularFile.ReadText(file), file).Get(key) : null;
    }

    private static ContainerLog? Look(string kind, string file)
    {
        try
        {
            return file.StartsWith('/') && FileStatus.TryRead(file, out var status, followLinks: false) && status.Type == FileType.Regular
                ? new ContainerLog(kind, file, (long)status.Size, new DateTimeOffset(File.GetLastWriteTimeUtc(file)))
                : null;
        }
        catch (SyscallException)
        {
            return null;
        }
    }
}
