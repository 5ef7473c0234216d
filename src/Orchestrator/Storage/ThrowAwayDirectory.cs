using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Containers;
using LxcNative.Orchestrator.Steps;
using LxcNative.Orchestrator.Steps.Undoing;

namespace LxcNative.Orchestrator.Storage;

/// <summary>A place for images that nobody keeps: in memory where there is room for twice as much, else in the store. Removed with all that is in it when this
/// is disposed, or by <see cref="Recovery"/> where the process died.</summary>
internal sealed class ThrowAwayDirectory : IDisposable
{
    private const string Memory = "/dev/shm";

    private readonly Journal _journal;
    private readonly StepRunner _steps;

    private ThrowAwayDirectory(string path, string container)
    {
        Path = path;
        _journal = Journal.Begin(ContainerClaim.Checkpoint, container);
        _steps = new StepRunner(_journal);
        // Whoever fills it makes it.
        _steps.Take(new Step($"images in {path}", () => { }) { Undo = [new ThrowAwayUndo(path)] });
    }

    /// <summary>The directory, which is not there yet.</summary>
    public string Path { get; }

    /// <summary>Finds a place.</summary>
    /// <param name="container">The container's name.</param>
    /// <param name="bytes">What the images take, about.</param>
    /// <param name="store">The store; null for the usual.</param>
    // Nobody else can make a directory of that name first.
    public static ThrowAwayDirectory For(string container, long bytes, string? store)
    {
        var name = $"{ThrowAwayUndo.Prefix}{Guid.NewGuid():N}";
        // What a tmpfs may take is no memory that is free.
        if (MemoryRoom.Bytes() > bytes)
            foreach (var memory in (string[])[RunDirectory.Make(RunDirectory.Path), Memory])
                if (Directory.Exists(memory) && StatFs.Read(memory) is { Type: FileSystemMagic.Tmpfs } there && (long)there.AvailableBytes / 2 > bytes)
                    return new ThrowAwayDirectory(System.IO.Path.Combine(memory, name), container);
        return new ThrowAwayDirectory(System.IO.Path.Combine(new CheckpointStore(store).Path, name), container);
    }

    /// <summary>Removes it. What cannot be removed is no reason to fail: the journal stays, and whoever recovers next tells of it.</summary>
    public void Dispose()
    {
        _steps.TakeBack();
        _journal.Dispose();
    }
}
