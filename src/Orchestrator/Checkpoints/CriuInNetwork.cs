using LxcNative.Native.Criu;
using LxcNative.Native.Handles;
using LxcNative.Native.Mounts;
using LxcNative.Native.Namespaces;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>A criu that is started inside of the container's network namespace: it dumps nothing of it, and need not enter it while the
/// container stands still. From outside it would ask for every connection that conntrack tracks on this machine, some 10 ms, even of an
/// external namespace.</summary>
internal static class CriuInNetwork
{
    private const string Run = "/run";

    /// <summary>Starts one, where that changes nothing but the time.</summary>
    /// <param name="installation">The criu.</param>
    /// <param name="kerndat">What it knows of the kernel; null where it would probe it, which it does with sockets and iptables of its own namespace.</param>
    /// <param name="networkNamespace">The container's; stays the caller's.</param>
    /// <param name="container">The container.</param>
    /// <returns>The worker, the caller's to dispose; null where criu has to stay outside.</returns>
    public static CriuWorker? TryStart(CriuInstallation installation, CriuKerndat? kerndat, FileDescriptor networkNamespace, Container container)
    {
        if (kerndat is null || (!kerndat.IsOnHost && IsShared(Run)))
            return null;
        // To this criu all sockets would be in its own namespace: one of another would come back in the wrong one.
        if (OtherNetworks.Any(container, NamespaceId.Read(networkNamespace).Inode))
            return null;
        if (kerndat.IsOnHost)
            return NamespaceThread.Run(() => CriuWorker.Start(installation), networkNamespace);
        return NamespaceThread.RunInNewNamespaces(NamespaceKind.Mount, () =>
        {
            kerndat.Show();
            Namespace.Enter(networkNamespace);
            return CriuWorker.Start(installation);
        });
    }

    private static bool IsShared(string path) =>
        MountInfo.ReadSelf().Where(entry => path == entry.MountPoint || entry.MountPoint == "/" || path.StartsWith(entry.MountPoint + "/", StringComparison.Ordinal))
            .MaxBy(entry => entry.MountPoint.Length) is { SharedGroup: not null };
}
