using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Xtables;
using LxcNative.Netlink.Netfilter;

namespace LxcNative.Orchestrator.Locking;

/// <summary>Finds and removes locks by what is recognisable of them.</summary>
internal static class LockFinder
{
    /// <summary>The lock in a network namespace, whatever it is made of; null where there is none.</summary>
    public static NetworkLockInfo? Find(FileDescriptor netns)
    {
        using (var socket = TryOpen(netns))
        {
            if (socket is not null && FindTables(socket) is { } found)
                return found;
        }

        var gates = ForEachGate(netns, gate => gate.IsClosed);
        return gates.Count > 0 ? new NetworkLockInfo(NetworkLockMethod.Xtables, gates, OwnerPortId: null, Holder: null) : null;
    }

    /// <summary>Removes the lock in a network namespace; false where there is none.</summary>
    public static bool Remove(FileDescriptor netns)
    {
        var removed = false;
        using (var socket = TryOpen(netns))
            removed = socket is not null && RemoveTables(socket);
        return ForEachGate(netns, gate => gate.Open()).Count > 0 || removed;
    }

    /// <summary>The lock that is made of nf_tables.</summary>
    public static NetworkLockInfo? FindTables(NetfilterSocket socket)
    {
        var tables = LockTables(socket);
        if (tables.Count == 0)
            return null;
        var first = tables[0];
        var holder = UserdataComment.TryDecode(first.Userdata.Span, out var comment) ? LockHolder.Find(comment) : null;
        return new NetworkLockInfo(NetworkLockMethod.NfTables, [.. tables.Select(table => table.ToString())], first.OwnerPortId, holder);
    }

    /// <summary>Deletes the tables of the lock; false where there are none.</summary>
    /// <exception cref="NetworkLockHeldException">They belong to another socket, which is open.</exception>
    public static bool RemoveTables(NetfilterSocket socket)
    {
        var tables = LockTables(socket);
        if (tables.Count == 0)
            return false;
        try
        {
            socket.Execute(LockRuleset.BuildUnlock(tables.Select(table => table.Family)));
            return true;
        }
        catch (BatchException refusal) when (refusal.Errno == Errno.EPERM && FindTables(socket) is { OwnerPortId: not null } held)
        {
            throw new NetworkLockHeldException(held, refusal);
        }
    }

    private static List<Table> LockTables(NetfilterSocket socket) => socket.ListTables().FindAll(table => table.Name == LockRuleset.TableName);

    private static NetfilterSocket? TryOpen(FileDescriptor netns)
    {
        NetfilterSocket? socket = null;
        try
        {
            socket = NetfilterSocket.OpenIn(netns);
            socket.GetGeneration();
            return socket;
        }
        catch (LinuxException failure) when (failure.Errno is Errno.EPROTONOSUPPORT or Errno.EAFNOSUPPORT or Errno.EOPNOTSUPP or Errno.EINVAL)
        {
            // A kernel without nf_tables has no lock in it.
            socket?.Dispose();
            return null;
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    /// <summary>Tries every legacy table that the namespace has, without bringing any into being; returns those for which it was true.</summary>
    private static List<string> ForEachGate(FileDescriptor netns, Func<XtablesMarkGate, bool> check) => NamespaceThread.Run(
        () =>
        {
            List<string> found = [];
            foreach (var family in (XtablesFamily[])[XtablesFamily.IPv4, XtablesFamily.IPv6])
            {
                var present = XtablesLock.Tables.Intersect(PresentTables(family)).ToArray();
                if (present.Length == 0)
                    continue;
                using var socket = XtablesSocket.Open(family);
                found.AddRange(present.Where(table => check(new XtablesMarkGate(socket, table, LockRuleset.PassingMark))).Select(table => $"{family} {table}"));
            }

            return found;
        },
        netns);

    private static string[] PresentTables(XtablesFamily family)
    {
        var path = family == XtablesFamily.IPv4 ? "/proc/thread-self/net/ip_tables_names" : "/proc/thread-self/net/ip6_tables_names";
        return File.Exists(path) ? KernelFile.ReadText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
    }
}
