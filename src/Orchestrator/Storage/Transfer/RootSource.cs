using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Archives.Roots;
using LxcNative.Orchestrator.Checkpoints;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Parts;
using LxcNative.Orchestrator.Parts.Files;
using LxcNative.Orchestrator.Parts.Mounts;
using LxcNative.Orchestrator.Restores;
using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>The root file system of a container that was checkpointed, as it is left: nobody changes it, since nothing of the container runs.</summary>
/// <remarks>It is read through a copy of its mount that is attached nowhere: what is mounted in it on the host is not seen, and no other file system
/// reached.</remarks>
internal sealed class RootSource : IDisposable
{
    private readonly CheckpointManifest _manifest;
    private readonly FileDescriptor _place;

    private RootSource(CheckpointManifest manifest, DateTime complete, string path, FileDescriptor place, CancellationToken cancellation)
    {
        (_manifest, _place) = (manifest, place);
        long files = 0, changed = 0;
        string? first = null;
        Bytes = RootStream.Measure(place, file =>
        {
            files++;
            if (!IsLater(file.Details.Change, complete))
                return;
            changed++;
            first ??= $"/{Encoding.UTF8.GetString(file.Path)}";
        }, cancellation);
        Description = new ExportedRoot(path, files, Bytes, changed, first);
    }

    /// <summary>How long its archive is.</summary>
    public long Bytes { get; }

    /// <summary>What it is.</summary>
    public ExportedRoot Description { get; }

    /// <summary>Opens it.</summary>
    /// <param name="imagesDirectory">Where the checkpoint is, whose images are sound.</param>
    /// <param name="manifest">The checkpoint's.</param>
    /// <param name="cancellation">Honoured between two files.</param>
    /// <exception cref="RefusedException">It is not the root of that moment any more, or no directory of the host.</exception>
    public static RootSource Open(string imagesDirectory, CheckpointManifest manifest, CancellationToken cancellation)
    {
        var mounts = new MountsPart().Read(new PartStates(manifest.Parts));
        if (mounts.Root is not { HostPath: { } path } root)
            throw Refusal(manifest, "it is no directory of this host: it was mounted for the container alone");
        RequireUnused(manifest, path);
        FileDescriptor? place = null;
        try
        {
            place = Place(path);
            if (root.Inode != 0 && FileStatus.Read(place).Inode is var inode && inode != root.Inode)
                throw Refusal(manifest, $"{path} is not the directory that it was (inode {inode} instead of {root.Inode})");
            if (ChangedFiles.Find(imagesDirectory, mounts, cloned: null) is [var one, ..] changed)
                throw Refusal(manifest, $"{changed.Count} files that the container had open have changed since it was checkpointed ({one.Describe()})");
            // The manifest is written last, also by an import.
            var complete = File.GetLastWriteTimeUtc(Path.Combine(imagesDirectory, CheckpointManifest.FileName));
            return new RootSource(manifest, complete, path, place, cancellation);
        }
        catch (SyscallException e)
        {
            place?.Dispose();
            throw Refusal(manifest, e.Message, e);
        }
        catch
        {
            place?.Dispose();
            throw;
        }
    }

    /// <summary>Reads it as an archive; the stream is the caller's, and ends before this.</summary>
    public RootStream Read() => new(_place, Bytes);

    /// <summary>Requires that nothing runs on it, as when it was opened.</summary>
    /// <exception cref="RefusedException">Something does: what was read of it may be of no moment at all.</exception>
    public void RequireUnused() => RequireUnused(_manifest, Description.Path);

    /// <inheritdoc />
    public void Dispose() => _place.Dispose();

    private static void RequireUnused(CheckpointManifest manifest, string path)
    {
        var container = manifest.Container;
        if (ContainerPlace.Check(container).FirstOrDefault() is { } taken)
            throw Refusal(manifest, $"{taken.Seen}, and writes to it: stop it, or export without the root");
        if (RootUse.Of(path, container.LxcPath, container.Name) is { } init)
            throw Refusal(manifest, $"{path} is the root of a container that runs (init {init}), and writes to it");
    }

    private static FileDescriptor Place(string path)
    {
        using var directory = BindSources.Absolute(path);
        var copy = DetachedMount.Clone(directory);
        try
        {
            // Read-only, it leaves access times alone; private, it takes part in no mount that others make.
            DetachedMount.SetAttributes(copy, MountAttributes.ReadOnly, propagation: Propagation.Private);
            using (var whole = FileOpen.OpenAt2(copy, ".", OpenFlags.ReadOnly | OpenFlags.Directory, ResolveFlags.Beneath))
                FileSync.SyncFileSystem(whole);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private static bool IsLater(FileTimestamp change, DateTime moment) =>
        (change.Seconds * TimeSpan.TicksPerSecond) + (change.Nanoseconds / TimeSpan.NanosecondsPerTick) > (moment - DateTime.UnixEpoch).Ticks;

    private static RefusedException Refusal(CheckpointManifest manifest, string why, Exception? cause = null) =>
        new($"the root of {manifest.Container.Name} cannot go with its checkpoint: {why}", cause);
}
