using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Restores.Clones;

namespace LxcNative.Orchestrator.Parts.Engine;

/// <summary>What the monitor knows it tells to those who ask; of a clone only the host name is made.</summary>
internal sealed class EngineReturn(Clone? clone) : PartReturn
{
    /// <inheritdoc />
    public override void On(CriuNotification notification, int init)
    {
        if (clone is null || notification.Action != CriuNotifyAction.PostRestore || IsOwn(init))
            return;
        using var names = Namespace.Open(init, NamespaceKind.Uts);
        NamespaceThread.Run(() => File.WriteAllText("/proc/sys/kernel/hostname", clone.HostName), names);
    }

    /// <summary>Whether a process has the host name of this one, which is not its to change (lxc.namespace.keep = uts).</summary>
    internal static bool IsOwn(int process)
    {
        var own = FileStatus.Read($"/proc/self/ns/{NamespaceKind.Uts.FileName}");
        var other = FileStatus.Read($"/proc/{process}/ns/{NamespaceKind.Uts.FileName}");
        return (own.Device, own.Inode) == (other.Device, other.Inode);
    }
}
