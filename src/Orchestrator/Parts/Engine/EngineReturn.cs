using LxcNative.Native.Criu;
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
    internal static bool IsOwn(int process) => NamespaceId.Read(process, NamespaceKind.Uts) == NamespaceId.ReadSelf(NamespaceKind.Uts);
}
