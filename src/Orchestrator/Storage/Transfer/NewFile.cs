using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Storage.Transfer;

/// <summary>A file, 0600, that has its name when it is complete and on the disk, and is none before.</summary>
internal sealed class NewFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _isKept;

    /// <summary>Begins one.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <exception cref="RefusedException">There is a file of that name already, or none can be made.</exception>
    public NewFile(string path)
    {
        _path = path;
        _temporary = Path.Combine(Path.GetDirectoryName(path) ?? "/", $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        if (FileStatus.TryRead(path, out var there, followLinks: false))
            throw there.IsDirectory ? new RefusedException($"{path} is a directory: name the file that is to be made in it") : Taken(path);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new RefusedException($"{path} cannot be made: there is no directory {Path.GetDirectoryName(path)}");
        try
        {
            Stream = new FileStream(_temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"{path} cannot be made: {e.Message}", e);
        }
    }

    /// <summary>What is written to; this object's.</summary>
    public FileStream Stream { get; }

    /// <summary>Gives it its name.</summary>
    /// <exception cref="RefusedException">Somebody else has made a file of that name meanwhile.</exception>
    /// <exception cref="IOException">It could not be brought to the disk, and is not there.</exception>
    /// <exception cref="SyscallException">The same of its name.</exception>
    public void Keep()
    {
        Stream.Flush(flushToDisk: true);
        try
        {
            File.Move(_temporary, _path);
        }
        catch (IOException) when (File.Exists(_path))
        {
            throw Taken(_path);
        }

        _isKept = true;
        try
        {
            using var directory = FileOpen.Open(Path.GetDirectoryName(_path) ?? "/", OpenFlags.ReadOnly | OpenFlags.Directory);
            FileSync.Sync(directory);
        }
        catch (SyscallException)
        {
            // What may not outlive a loss of power is not kept.
            File.Delete(_path);
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Stream.Dispose();
        if (!_isKept)
            File.Delete(_temporary);
    }

    private static RefusedException Taken(string path) => new($"there is a file {path} already: it is not overwritten");
}
