using LxcNative.Native.Files;
using LxcNative.Native.Files.Raw;
using LxcNative.Native.Handles;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Archives.Roots;

/// <summary>A root file system that is made beside its place, where nobody else reaches what is in it, and moved there when it is complete: half a root never
/// has its name.</summary>
internal sealed class NewRoot : IDisposable
{
    private const UnixFileMode EverybodyReads = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const string Inner = "root";

    private readonly string _partial;
    private readonly FileDescriptor _beside;

    private NewRoot(string path, string partial, FileDescriptor beside, FileDescriptor directory) =>
        (Path, _partial, _beside, Directory) = (path, partial, beside, directory);

    /// <summary>Its place, absolute.</summary>
    public string Path { get; }

    /// <summary>Its directory (O_PATH); this object's.</summary>
    public FileDescriptor Directory { get; }

    /// <summary>Begins one.</summary>
    /// <param name="path">Its place: nothing, or an empty directory; the directory that it is in is there.</param>
    /// <exception cref="RefusedException">There is something already.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static NewRoot Begin(string path)
    {
        if (FileStatus.TryRead(path, out var there, followLinks: false)
            && (!there.IsDirectory || System.IO.Directory.EnumerateFileSystemEntries(path).Any()))
            throw new RefusedException($"{path}, the place of a root file system, is {(there.IsDirectory ? "not empty" : "no directory")}");
        var partial = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "/", $".{System.IO.Path.GetFileName(path)}.lxcnative-{Guid.NewGuid():N}");
        PrivateDirectory.Create(partial);
        var complete = System.IO.Path.Combine(partial, Inner);
        System.IO.Directory.CreateDirectory(complete);
        File.SetUnixFileMode(complete, EverybodyReads);
        var beside = FileOpen.Open(partial, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
        return new NewRoot(path, partial, beside, FileOpen.DirectoryPlace(complete));
    }

    /// <summary>Gives it its place, when all of it is on the disk.</summary>
    /// <exception cref="IOException">Somebody else has made something there.</exception>
    /// <exception cref="Native.Errors.SyscallException">It could not be brought to the disk.</exception>
    public void Keep()
    {
        FileSync.SyncFileSystem(_beside);
        if (System.IO.Directory.Exists(Path))
            System.IO.Directory.Delete(Path);
        System.IO.Directory.Move(System.IO.Path.Combine(_partial, Inner), Path);
        // What names it is written after this.
        FileSync.SyncFileSystem(_beside);
    }

    /// <summary>Removes one that has its place already, since what it belongs to did not come about.</summary>
    public void TakeBack() => System.IO.Directory.Move(Path, System.IO.Path.Combine(_partial, Inner));

    /// <inheritdoc />
    /// <remarks>What was not kept is removed: links in it are, and not followed.</remarks>
    public void Dispose()
    {
        Directory.Dispose();
        RawTree.Empty(_beside);
        _beside.Dispose();
        System.IO.Directory.Delete(_partial);
    }
}
