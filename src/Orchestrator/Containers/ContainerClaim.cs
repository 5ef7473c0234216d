using LxcNative.Native.Files;
using LxcNative.Native.Handles;

using LxcNative.Native.Processes;
using LxcNative.Orchestrator.Steps;

namespace LxcNative.Orchestrator.Containers;

/// <summary>The right to checkpoint or to restore a container, which one process has at a time: two at once would undo each other's work.</summary>
/// <remarks>A lock of a file below /run/lxcnative/claims, gone with the process that has it.</remarks>
internal sealed class ContainerClaim : IDisposable
{
    /// <summary>The purpose of a checkpoint, as long as it takes.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The purpose of a restore, as long as its monitor is there.</summary>
    public const string Restore = "restore";

    private const string Directory = RunDirectory.Claims;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private readonly FileDescriptor _file;
    private readonly string _path;

    private ContainerClaim(FileDescriptor file, string path) => (_file, _path) = (file, path);

    /// <summary>Takes it; null when another process has it.</summary>
    /// <param name="purpose">For what.</param>
    /// <param name="name">The container's name.</param>
    /// <param name="patience">How long to wait for it.</param>
    public static ContainerClaim? TryTake(string purpose, string name, TimeSpan patience = default)
    {
        PrivateDirectory.Create(Directory);
        var path = $"{Directory}/{purpose}-{Uri.EscapeDataString(name)}";
        for (var deadline = Deadline.After(patience); ; Thread.Sleep(Interval))
        {
            var file = FileOpen.Open(path, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.NoFollow, 0x180);
            var isLocked = FileLock.TryLock(file);
            // The one before may have removed the file between the two: then it is a claim to nothing.
            if (isLocked && FileStatus.TryRead(path, out var there) && there.Inode == FileStatus.Read(file).Inode)
                return new ContainerClaim(file, path);
            file.Dispose();
            if (!isLocked && deadline.IsOver)
                return null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_file.IsClosed)
            return;
        // While it is still locked: whoever makes it anew has another file.
        File.Delete(_path);
        _file.Dispose();
    }
}
