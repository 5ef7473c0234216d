using System.Globalization;
using System.Text;
using LxcNative.Native.Criu;
using LxcNative.Native.Criu.Images;
using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Orchestrator.Errors;
using LxcNative.Orchestrator.Storage;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>The directory that a checkpoint writes: opened once, and reached through that descriptor from then on. Its images may be in memory until they are
/// settled: a disk that is busy would be waited for, with the container.</summary>
internal sealed class ImageDirectory : IDisposable
{
    private readonly bool _created;
    private (string Name, string Link)? _inner;
    private FileDescriptor? _memory;

    private ImageDirectory(string path, FileDescriptor descriptor, bool created)
    {
        Path = path;
        WorkDescriptor = descriptor;
        _created = created;
    }

    /// <summary>Its absolute path, to be shown.</summary>
    public string Path { get; }

    /// <summary>Where images are written now; owned by this object.</summary>
    public FileDescriptor Descriptor => _memory ?? WorkDescriptor;

    /// <summary>The open directory itself, where criu's log and statistics are; owned by this object.</summary>
    public FileDescriptor WorkDescriptor { get; }

    private string Handle => HandleOf(Descriptor);

    private string WorkHandle => HandleOf(WorkDescriptor);

    /// <summary>Makes the directory, or takes one that is there and empty.</summary>
    /// <exception cref="RefusedException">It is not empty, a symbolic link, or cannot be made or written.</exception>
    public static ImageDirectory Create(string path)
    {
        path = DirectoryPath.Full(path);
        try
        {
            var created = !FileStatus.TryRead(path, out var status, followLinks: false);
            if (created)
                SpreadDirectory.Create(path);
            else if (status.Type == FileType.SymbolicLink)
                throw new RefusedException($"images directory {path} is a symbolic link: name the directory itself, so that nobody can move it meanwhile");
            else if (status.Type != FileType.Directory)
                throw new RefusedException($"{path} is not a directory: images need one of their own");
            var descriptor = FileOpen.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow);
            var directory = new ImageDirectory(path, descriptor, created);
            try
            {
                directory.CheckUsable();
                return directory;
            }
            catch
            {
                directory.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is SyscallException or IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"images directory {path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Refuses a file system that cannot hold the container's memory.</summary>
    /// <param name="needed">The bytes that will have to be written.</param>
    /// <exception cref="RefusedException">It cannot.</exception>
    public void CheckSpace(long needed)
    {
        var free = (long)StatFs.Read(WorkDescriptor).AvailableBytes;
        if (free < needed)
            throw new RefusedException(string.Create(CultureInfo.InvariantCulture,
                $"the file system of {Path} is full: {free >> 20} MiB are free, and the container's memory and tmpfs take about {needed >> 20} MiB. "
                + $"Name another place"));
    }

    /// <summary>Keeps the images in memory from now on, where there is room.</summary>
    /// <param name="needed">The bytes that will have to be written.</param>
    public void KeepInMemory(long needed)
    {
        try
        {
            if (MemoryRoom.Bytes() is var room && room > needed)
                _memory = MemoryDirectory.Create(room);
        }
        catch (SyscallException)
        {
            // Who may not mount writes them to the disk, as ever.
        }
    }

    /// <summary>Brings images that are in memory to where they belong.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Settle()
    {
        if (_memory is not { } memory)
            return;
        foreach (var file in Files())
            File.Copy($"{Handle}/{file.Name}", $"{WorkHandle}/{file.Name}");
        RemoveInner();
        _memory = null;
        memory.Dispose();
    }

    /// <summary>The files in it with their sizes.</summary>
    public IReadOnlyList<ImageFile> Files() =>
        [.. new DirectoryInfo(Handle).EnumerateFiles().Select(file => new ImageFile(file.Name, file.Length))
            .OrderBy(file => file.Name, StringComparer.Ordinal)];

    /// <summary>Files of it with their hashes.</summary>
    public IReadOnlyList<ImageFile> Hash(IReadOnlyList<ImageFile> files) => ImageHash.AddTo(Handle, files);

    /// <summary>Files of it with their checksums.</summary>
    public IReadOnlyList<ImageFile> Sum(IReadOnlyList<ImageFile> files) => ImageChecksum.AddTo(Handle, files);

    /// <summary>The sum of their sizes in bytes.</summary>
    public long TotalBytes() => Files().Sum(file => file.Size);

    /// <summary>A file's text.</summary>
    public string ReadText(string name) => File.ReadAllText($"{Handle}/{name}", Encoding.UTF8);

    /// <summary>A file's bytes.</summary>
    public byte[] ReadBytes(string name) => File.ReadAllBytes($"{Handle}/{name}");

    /// <summary>Makes a file to be written piece by piece; the stream is the caller's.</summary>
    /// <exception cref="IOException">It is there already.</exception>
    public FileStream CreateFile(string name, int bufferBytes, FileAccess access = FileAccess.Write) => new($"{Handle}/{name}", new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = access,
        BufferSize = bufferBytes,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    /// <summary>Opens a file to be read; the stream is the caller's.</summary>
    public FileStream OpenFile(string name) => new($"{Handle}/{name}", FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    /// <summary>Whether there is a file of that name.</summary>
    public bool Has(string name) => File.Exists($"{Handle}/{name}");

    /// <summary>Removes a file, or a link; nothing where there is none.</summary>
    public void Delete(string name) => File.Delete($"{Handle}/{name}");

    /// <summary>Gives a file another name, in the place of one that has it.</summary>
    public void Rename(string name, string to) => File.Move($"{Handle}/{name}", $"{Handle}/{to}", overwrite: true);

    /// <summary>Makes a directory in it, which goes with <see cref="RemoveInner"/> or <see cref="Discard"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="link">The name of a link to it, which whoever uses it makes.</param>
    /// <param name="files">What is in it.</param>
    public void MakeInner(string name, string link, IReadOnlyDictionary<string, byte[]> files)
    {
        _inner = (name, link);
        Directory.CreateDirectory($"{Handle}/{name}", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var (file, content) in files)
            File.WriteAllBytes($"{Handle}/{name}/{file}", content);
    }

    /// <summary>Removes the directory in it, and the link to it; nothing where there is none.</summary>
    public void RemoveInner()
    {
        if (_inner is not var (name, link))
            return;
        File.Delete($"{Handle}/{link}");
        if (Directory.Exists($"{Handle}/{name}"))
            Directory.Delete($"{Handle}/{name}", recursive: true);
        _inner = null;
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public void Write(string name, byte[] content)
    {
        var temporary = $"{Handle}/.{name}.new";
        File.WriteAllBytes(temporary, content);
        File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(temporary, $"{Handle}/{name}", overwrite: true);
    }

    /// <inheritdoc cref="Write(string, byte[])" />
    public void Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Brings everything written so far to the disk.</summary>
    public void Sync() => FileSync.SyncFileSystem(WorkDescriptor);

    /// <summary>criu's statistics of the dump; null when it wrote none.</summary>
    public DumpStatistics? ReadStats() => File.Exists($"{WorkHandle}/stats-dump") ? CriuStats.Read($"{WorkHandle}/stats-dump").Dump : null;

    /// <summary>criu's log of the dump; empty when it wrote none.</summary>
    public IReadOnlyList<CriuLogEntry> ReadLog(string name) => CriuLog.Read($"{WorkHandle}/{name}");

    /// <summary>Removes what a failed checkpoint wrote, so that nothing can pass for images; and the directory, if it was made here and is empty
    /// then.</summary>
    /// <param name="keepLog">criu's log, which stays to be read; null to keep nothing.</param>
    public void Discard(string? keepLog)
    {
        // What is in memory goes with it.
        if (_memory is { } memory)
        {
            (_memory, _inner) = (null, null);
            memory.Dispose();
        }

        RemoveInner();
        foreach (var file in Files().Where(file => file.Name != keepLog))
            File.Delete($"{Handle}/{file.Name}");
        if (_created && Files().Count == 0)
            Directory.Delete(Path);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _memory?.Dispose();
        WorkDescriptor.Dispose();
    }

    private static string HandleOf(FileDescriptor descriptor) => $"/proc/self/fd/{descriptor.Number}";

    private void CheckUsable()
    {
        if (TrustedPath.Trouble(Path) is { } trouble)
        {
            if (_created)
                Directory.Delete(Path);
            throw new RefusedException($"images directory {trouble}");
        }

        if (!ImagesUse.TryBegin(WorkDescriptor))
            throw new RefusedException($"what was in {Path} is being deleted: name another directory");
        if (Directory.EnumerateFileSystemEntries(Handle).Any())
            throw new RefusedException(File.Exists($"{Handle}/{CheckpointManifest.FileName}")
                ? $"images directory {Path} already holds a checkpoint: name a new directory"
                : $"images directory {Path} is not empty: name a new or empty one");
        // Root may write nearly anywhere; a read-only file system and an immutable directory are found out only by trying.
        var probe = $"{Handle}/.lxcnative";
        File.WriteAllBytes(probe, [0]);
        File.Delete(probe);
    }
}
