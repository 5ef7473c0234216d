using System.Globalization;
using LxcNative.Native.Errors;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Procfs;
using LxcNative.Orchestrator.Containers;

namespace LxcNative.Orchestrator.Checkpoints;

/// <summary>What a container's processes have to do with other network namespaces than its own: being in one, or having sockets of one, handed
/// in or made before the process came.</summary>
internal static class OtherNetworks
{
    private const string Prefix = "socket:[";

    /// <summary>Whether there is anything, or something that cannot be told.</summary>
    /// <param name="container">The container.</param>
    /// <param name="network">The inode of its network namespace.</param>
    public static bool Any(Container container, ulong network)
    {
        if (container.Sockets is null)
            return true;
        // What socket diagnostics of the namespace list is in it; they leave out sockets that are neither bound nor connected.
        var known = container.Sockets.Select(socket => socket.Inode).ToHashSet();
        try
        {
            return container.Processes.SelfAndDescendants().Where(process => process.State != 'Z').Any(process => HasOne(process.Pid, network, known));
        }
        catch (SyscallException)
        {
            // It changes just now, or may not be looked into.
            return true;
        }
    }

    /// <summary>Whether a process is in another one, or has a socket of one.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="network">The inode of the namespace that is none of the others.</param>
    /// <param name="known">The inodes of sockets that need not be looked at; those that were are added.</param>
    /// <exception cref="SyscallException">It ended, or may not be looked into.</exception>
    internal static bool HasOne(int pid, ulong network, HashSet<ulong> known)
    {
        if (NamespaceId.Read(pid, NamespaceKind.Net).Inode != network)
            return true;
        ProcessHandle? process = null;
        try
        {
            foreach (var (number, target) in ProcessDescriptors.Read(pid))
            {
                if (Inode(target) is not { } inode || !known.Add(inode))
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

    // "socket:[1234]"
    private static ulong? Inode(string target) => target.StartsWith(Prefix, StringComparison.Ordinal)
        ? ulong.Parse(target.AsSpan(Prefix.Length, target.Length - Prefix.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture) : null;
}
