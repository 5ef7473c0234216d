using LxcNative.Native.Files;
using LxcNative.Native.Handles;

namespace LxcNative.Orchestrator.Containers;

/// <summary>The right to checkpoint or to restore a container, which one process has at a time: two at once would undo each other's work.</summary>
/// <remarks>A lock of a file below /run/lxcnative/claims, gone with the process that has it. The file stays: who removed it could remove another's.</remarks>
internal sealed class ContainerClaim : IDisposable
{
    /// <summary>The purpose of a checkpoint, as long as it takes.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The purpose of a restore, as long as its monitor is there.</summary>
    public const string Restore = "restore";

    private const string Directory = "/run/lxcnative/claims";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private readonly FileDescriptor _file;

    private ContainerClaim(FileDescriptor file) => _file = file;

    /// <summary>Takes it; null when another process has it.</summary>
    /// <param name="purpose">For what.</param>
    /// <param name="name">The container's name.</param>
    /// <param name="patience">How long to wait for it.</param>
    public static ContainerClaim? TryTake(string purpose, string name, TimeSpan patience = default)
    {
        System.IO.Directory.CreateDirectory(Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = FileOpen.Open($"{Directory}/{purpose}-{Uri.EscapeDataString(name)}", OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.NoFollow, 0x180);
        for (var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds; ; Thread.Sleep(Interval))
        {
            if (FileLock.TryLock(file))
                return new ContainerClaim(file);
            if (Environment.TickCount64 < deadline)
                continue;
            file.Dispose();
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
