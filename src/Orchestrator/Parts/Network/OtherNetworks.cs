using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Preflight.Snapshot;

namespace LxcNative.Orchestrator.Parts.Network;

/// <summary>What a container's processes have to do with other network namespaces than its own: being in one, or having sockets of one, handed
/// in or made before the process came.</summary>
internal static class OtherNetworks
{
    /// <summary>Whether there is anything, or something that cannot be told.</summary>
    /// <param name="snapshot">What was read of the container.</param>
    /// <param name="network">The inode of its network namespace.</param>
    public static bool Any(ContainerSnapshot snapshot, ulong network)
    {
        if (snapshot.Networks.FirstOrDefault(one => one.Inode == network) is not { Reading: { } own } observed)
            return true;
        var running = snapshot.Processes.Where(process => !process.HasEnded).ToList();
        if (running.Any(process => process.Namespaces.Net != network))
            return true;
        // What socket diagnostics of the namespace list is in it; they leave out sockets that are neither bound nor connected.
        var known = observed.Sockets.Select(socket => socket.Inode).Concat(own.Inet.Select(one => (ulong)one.Socket.Inode)).ToHashSet();
        try
        {
            return running.Any(process => HasOne(
                process.Pid, process.Files.Where(file => file is { Type: FileType.Socket, Number: >= 0 }).Select(file => (file.Number, file.Inode)), network,
                known));
        }
        catch (SyscallException)
        {
            // It changes just now, or may not be looked into.
            return true;
        }
    }

    /// <summary>Whether a process has a socket of another one.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="sockets">Its sockets, with their inodes.</param>
    /// <param name="network">The inode of the namespace that is none of the others.</param>
    /// <param name="known">The inodes of sockets that need not be looked at; those that were are added.</param>
    /// <exception cref="SyscallException">It ended, or may not be looked into.</exception>
    internal static bool HasOne(int pid, IEnumerable<(int Number, ulong Inode)> sockets, ulong network, HashSet<ulong> known)
    {
        ProcessHandle? process = null;
        try
        {
            foreach (var (number, inode) in sockets)
            {
                if (!known.Add(inode))
                    continue;
                process ??= ProcessHandle.Open(pid);
                using var socket = process.DuplicateDescriptor(number);
                using var owner = Namespace.OpenOfSocket(socket);
                if (NamespaceId.Read(owner).Inode != network)
                    return true;
            }

            return false;
        }
        finally
        {
            process?.Dispose();
        }
    }
}
