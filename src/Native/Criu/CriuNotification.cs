using LxcNative.Native.Handles;

namespace LxcNative.Native.Criu;

/// <summary>One moment at which criu waits.</summary>
public sealed class CriuNotification
{
    internal CriuNotification(string text, int? pid, FileDescriptor? orphanPtsMaster)
    {
        Text = text;
        Action = CriuNotifyActionExtensions.Parse(text);
        Pid = pid;
        OrphanPtsMaster = orphanPtsMaster;
    }

    /// <summary>Which moment.</summary>
    public CriuNotifyAction Action { get; }

    /// <summary>criu's own word for it, e.g. <c>post-dump</c>.</summary>
    public string Text { get; }

    /// <summary>The root task's pid as criu sees it; only in setup-namespaces and post-restore.</summary>
    public int? Pid { get; }

    /// <summary>The master of the orphaned terminal, close-on-exec; only in orphan-pts-master. The handler owns it.</summary>
    public FileDescriptor? OrphanPtsMaster { get; }

    /// <inheritdoc />
    public override string ToString() => Pid is { } pid ? $"{Text} (pid {pid})" : Text;
}
