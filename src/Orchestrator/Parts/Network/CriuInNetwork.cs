using LxcNative.Native.Criu;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>A criu that is started inside of the container's network namespace: it dumps nothing of it, and need not enter it while the
/// container stands still. From outside it would ask for every connection that conntrack tracks on this machine, some 10 ms, even of an
/// external namespace.</summary>
internal static class CriuInNetwork
{
    private const string Run = "/run";

    /// <summary>How one is started there, where that changes nothing but the time.</summary>
    /// <param name="kerndat">What it knows of the kernel; null where it would probe it, which it does with sockets and iptables of its own namespace.</param>
    /// <param name="networkNamespace">The container's; stays the caller's.</param>
    /// <param name="snapshot">What was read of the container.</param>
    /// <param name="start">Starts it where it is called.</param>
    /// <returns>Null where criu has to stay outside.</returns>
    public static Func<CriuWorker>? Place(CriuKerndat? kerndat, FileDescriptor networkNamespace, ContainerSnapshot snapshot, Func<CriuWorker> start)
    {
        if (kerndat is null || (!kerndat.IsOnHost && IsShared(Run)))
            return null;
        // To this criu all sockets would be in its own namespace: one of another would come back in the wrong one.
        if (OtherNetworks.Any(snapshot, NamespaceId.Read(networkNamespace).Inode))
            return null;
        if (kerndat.IsOnHost)
            return () => NamespaceThread.Run(start, networkNamespace);
        return () => NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
        {
            kerndat.Show();
            Namespace.Enter(networkNamespace);
            return start();
        });
    }

    private static bool IsShared(string path) =>
        MountInfo.ReadSelf()
            .Where(entry => PathScope.Holds(entry.MountPoint, path))
            .MaxBy(entry => entry.MountPoint.Length) is { SharedGroup: not null };
}
