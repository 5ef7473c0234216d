using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using LxcNative.Native.Errors;
using LxcNative.Native.Handles;
using LxcNative.Native.Xtables.Uapi;
using Tmds.Linux;

namespace LxcNative.Native.Xtables;

/// <summary>A raw socket over which the legacy tables of one network namespace and one family are read and replaced.</summary>
/// <remarks>The socket belongs to the network namespace of the thread that opened it, for as long as it is open (ip_tables.h,
/// ip6_tables.h). Reading a table makes the kernel instantiate it, empty, where the namespace did not have it yet.</remarks>
internal sealed unsafe class XtablesSocket : IDisposable
{
    private const int MaxAttempts = 5;
    private const int MaxTableSize = 64 << 20;
    private readonly FileDescriptor _socket;
    private readonly int _level;

    private XtablesSocket(FileDescriptor socket, XtablesFamily family)
    {
        _socket = socket;
        Family = family;
        _level = family == XtablesFamily.IPv4 ? (int)LibC.IPPROTO_IP : (int)LibC.IPPROTO_IPV6;
    }

    /// <summary>The family of the tables behind this socket.</summary>
    public XtablesFamily Family { get; }

    /// <summary>Opens a socket in the network namespace of the calling thread. Needs CAP_NET_RAW, and CAP_NET_ADMIN for everything after.</summary>
    /// <exception cref="SyscallException">socket(2) failed; EAFNOSUPPORT where the kernel has no IPv6.</exception>
    public static XtablesSocket Open(XtablesFamily family)
    {
        var descriptor = new FileDescriptor();
        int domain = family == XtablesFamily.IPv4 ? LibC.AF_INET : LibC.AF_INET6;
        var number = LibC.socket(domain, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, LibC.IPPROTO_RAW);
        SyscallException.ThrowIfFailed(number, "socket", $"{family} raw");
        Marshal.InitHandle(descriptor, number);
        return new XtablesSocket(descriptor, family);
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="SyscallException">ENOPROTOOPT: the kernel has no legacy tables; ENOENT: none of that name; EPERM.</exception>
    /// <exception cref="MalformedTableException">The kernel's answer is not a table.</exception>
    public XtablesTable Read(string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        for (var attempt = 1; ; attempt++)
        {
            ipt_getinfo info = default;
            SetName(ref info.name, table);
            var length = (uint)sizeof(ipt_getinfo);
            Get(XT.SO_GET_INFO, &info, ref length, $"IPT_SO_GET_INFO of {Family} {table}");
            if (info.size > MaxTableSize)
                throw new MalformedTableException(table, 0, $"a size of {info.size} bytes");

            var reply = new byte[sizeof(ipt_get_entries) + (int)info.size];
            var header = new ipt_get_entries { size = info.size };
            SetName(ref header.name, table);
            MemoryMarshal.Write(reply, header);
            length = (uint)reply.Length;
            try
            {
                fixed (byte* bytes = reply)
                    Get(XT.SO_GET_ENTRIES, bytes, ref length, $"IPT_SO_GET_ENTRIES of {Family} {table}");
            }
            catch (SyscallException failure) when (failure.Errno == Errno.EAGAIN && attempt < MaxAttempts)
            {
                continue;
            }

            return new XtablesTable(Family, table, info.valid_hooks, info.hook_entry, info.underflow, reply[sizeof(ipt_get_entries)..]);
        }
    }

    /// <summary>Closes the socket. What was changed through it stays.</summary>
    public void Dispose() => _socket.Dispose();

    /// <summary>Reads the table, edits it and puts the result in its place at once, again when somebody else changed it meanwhile; counters
    /// go on from where they were. Returns false, without touching anything, when <paramref name="edit"/> returns null.</summary>
    internal bool Update(string table, Func<XtablesTable, TableEdit?> edit)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = Read(table);
            var change = edit(before);
            if (change is null)
                return false;
            try
            {
                var old = Replace(before, change.Table);
                AddCounters(change, old);
                return true;
            }
            catch (SyscallException failure) when (failure.Errno == Errno.EAGAIN && attempt < MaxAttempts)
            {
                // The number of entries changed since the read.
            }
        }
    }

    private xt_counters[] Replace(XtablesTable before, XtablesTable after)
    {
        var old = new xt_counters[before.EntryCount];
        var request = new byte[sizeof(ipt_replace) + after.Entries.Length];
        after.Entries.CopyTo(request.AsSpan(sizeof(ipt_replace)));
        fixed (xt_counters* counters = old)
        fixed (byte* bytes = request)
        {
            ref var header = ref Unsafe.AsRef<ipt_replace>(bytes);
            SetName(ref header.name, after.Name);
            header.valid_hooks = after.ValidHooks;
            header.num_entries = (uint)after.EntryCount;
            header.size = (uint)after.Entries.Length;
            after.HookEntries.CopyTo(header.hook_entry);
            after.Underflows.CopyTo(header.underflow);
            header.num_counters = (uint)old.Length;
            header.counters = counters;
            Set(XT.SO_SET_REPLACE, bytes, request.Length, $"IPT_SO_SET_REPLACE of {Family} {after.Name}");
        }

        return old;
    }

    private void AddCounters(TableEdit edit, xt_counters[] old)
    {
        var request = new byte[sizeof(xt_counters_info) + edit.Origin.Length * sizeof(xt_counters)];
        var header = new xt_counters_info { num_counters = (uint)edit.Origin.Length };
        SetName(ref header.name, edit.Table.Name);
        MemoryMarshal.Write(request, header);
        var counters = MemoryMarshal.Cast<byte, xt_counters>(request.AsSpan(sizeof(xt_counters_info)));
        for (var index = 0; index < counters.Length; index++)
            counters[index] = edit.Origin[index] < 0 ? default : old[edit.Origin[index]];
        fixed (byte* bytes = request)
            Set(XT.SO_SET_ADD_COUNTERS, bytes, request.Length, $"IPT_SO_SET_ADD_COUNTERS of {Family} {edit.Table.Name}");
    }

    private static void SetName(ref xt_table_name field, string table)
    {
        Span<byte> bytes = field;
        bytes.Clear();
        if (Encoding.UTF8.GetByteCount(table) >= XT.TABLE_MAXNAMELEN)
            throw new ArgumentException($"a table's name has at most {XT.TABLE_MAXNAMELEN - 1} bytes", nameof(table));
        Encoding.UTF8.GetBytes(table, bytes);
    }

    private void Get(int option, void* value, ref uint length, string what)
    {
        var held = false;
        try
        {
            _socket.DangerousAddRef(ref held);
            socklen_t size = length;
            var result = LibC.getsockopt(_socket.Number, _level, option, value, &size);
            SyscallException.ThrowIfFailed(result, "getsockopt", what);
            length = size;
        }
        finally
        {
            if (held)
                _socket.DangerousRelease();
        }
    }

    private void Set(int option, void* value, int length, string what)
    {
        var held = false;
        try
        {
            _socket.DangerousAddRef(ref held);
            var result = LibC.setsockopt(_socket.Number, _level, option, value, (uint)length);
            SyscallException.ThrowIfFailed(result, "setsockopt", what);
        }
        finally
        {
            if (held)
                _socket.DangerousRelease();
        }
    }
}
