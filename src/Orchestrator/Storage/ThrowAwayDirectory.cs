using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Storage;

/// <summary>A place for images that nobody keeps: in memory where there is room for twice as much, else in the store. Removed with all that is in it when this
/// is disposed.</summary>
internal sealed class ThrowAwayDirectory : IDisposable
{
    private const string Memory = "/dev/shm";

    private ThrowAwayDirectory(string path) => Path = path;

    /// <summary>The directory, which is not there yet.</summary>
    public string Path { get; }

    /// <summary>Finds a place.</summary>
    /// <param name="bytes">What the images take, about.</param>
    /// <param name="store">The store; null for the usual.</param>
    // Nobody else can make a directory of that name first.
    public static ThrowAwayDirectory For(long bytes, string? store)
    {
        var name = $"lxcnative-{Guid.NewGuid():N}";
        foreach (var memory in (string[])[RunDirectory.Make(RunDirectory.Path), Memory])
            if (Directory.Exists(memory) && StatFs.Read(memory) is { Type: FileSystemMagic.Tmpfs } there && (long)there.AvailableBytes / 2 > bytes)
                return new ThrowAwayDirectory(System.IO.Path.Combine(memory, name));
        return new ThrowAwayDirectory(System.IO.Path.Combine(new CheckpointStore(store).Path, name));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
