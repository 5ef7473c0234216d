using LxcNative.Native.Errors;
using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Xtables;
using LxcNative.Netlink.Netfilter;

namespace LxcNative.Orchestrator.Locking;

/// <summary>Finds and removes locks by what the host has written down of them.</summary>
internal static class LockFinder
{
    /// <summary>The lock in a network namespace, whatever it is made of; null where there is none.</summary>
    public static NetworkLockInfo? Find(FileDescriptor netns)
    {
        var path = LockRecord.PathOf(netns);
        if (LockRecord.Read(path) is not { } record)
            return null;
        var found = Find(netns, record);
        // Its lock has gone, or it was that of a namespace before this one, which has got its number. One whose holder lives may be about to be put on.
        if (found is null && record.IsForgotten)
            File.Delete(path);
        return found;
    }

    /// <summary>Removes the lock in a network namespace; false where there is none.</summary>
    /// <exception cref="NetworkLockHeldException">It ends with its holder, which is alive.</exception>
    public static bool Remove(FileDescriptor netns)
    {
        var path = LockRecord.PathOf(netns);
        if (LockRecord.Read(path) is not { } record)
            return false;
        var found = Find(netns, record);
        if (found is not null && record.IsOwned)
            throw new NetworkLockHeldException(found);
        var removed = record.Method == NetworkLockMethod.Xtables
            ? ForEachGate(netns, gate => gate.Open()).Count > 0
            : found is not null && RemoveTables(netns, record.TableName);
        if (removed || record.IsForgotten)
            File.Delete(path);
        return removed;
    }

    /// <summary>Deletes the tables of a lock; false where there are none.</summary>
    /// <param name="socket">In its namespace; stays the caller's.</param>
    /// <param name="tableName">Their name.</param>
    public static bool RemoveTables(NetfilterSocket socket, string tableName)
    {
        var tables = LockTables(socket, tableName);
        if (tables.Count == 0)
            return false;
        socket.Execute(LockRuleset.BuildUnlock(tables.Select(table => table.Family), tableName));
        return true;
    }

    private static NetworkLockInfo? Find(FileDescriptor netns, LockRecord record)
    {
        if (record.Method == NetworkLockMethod.Xtables)
            return ForEachGate(netns, gate => gate.IsClosed) is { Count: > 0 } gates
                ? new NetworkLockInfo(record.Method, gates, OwnerPortId: null, record.Holder)
                : null;
        using var socket = TryOpen(netns);
        return socket is not null && LockTables(socket, record.TableName) is { Count: > 0 } tables
            ? new NetworkLockInfo(record.Method, [.. tables.Select(table => table.ToString())], tables[0].OwnerPortId, record.Holder)
            {
                EndsWithHolder = record.IsOwned,
            }
            : null;
    }

    private static bool RemoveTables(FileDescriptor netns, string tableName)
    {
        using var socket = NetfilterSocket.OpenIn(netns);
        return RemoveTables(socket, tableName);
    }

    private static List<Table> LockTables(NetfilterSocket socket, string tableName) => socket.ListTables().FindAll(table => table.Name == tableName);

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
