using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LxcNative.Native.Xtables.Uapi;

/// <summary>Numbers of include/uapi/linux/netfilter/x_tables.h, netfilter_ipv4/ip_tables.h and netfilter_ipv6/ip6_tables.h (x86-64).</summary>
/// <remarks>The option numbers are the same for both families; only the socket and its level differ.</remarks>
internal static class XT
{
    public const int TABLE_MAXNAMELEN = 32;
    public const int EXTENSION_MAXNAMELEN = 29;
    public const int FUNCTION_MAXNAMELEN = 30;
    public const int SO_SET_REPLACE = 64;
    public const int SO_SET_ADD_COUNTERS = 65;
    public const int SO_GET_INFO = 64;
    public const int SO_GET_ENTRIES = 65;
    public const int NF_INET_NUMHOOKS = 5;
}

[InlineArray(XT.TABLE_MAXNAMELEN)]
internal struct xt_table_name
{
    private byte _first;
}

[InlineArray(XT.NF_INET_NUMHOOKS)]
internal struct xt_hook_offsets
{
    private uint _first;
}

/// <summary>struct ipt_getinfo and ip6t_getinfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ipt_getinfo
{
    public xt_table_name name;
    public uint valid_hooks;
    public xt_hook_offsets hook_entry;
    public xt_hook_offsets underflow;
    public uint num_entries;
    public uint size;
}

/// <summary>struct ipt_get_entries and ip6t_get_entries, without the entries that follow at <c>entrytable</c> (40).</summary>
[StructLayout(LayoutKind.Sequential, Size = 40)]
internal struct ipt_get_entries
{
    public xt_table_name name;
    public uint size;
}

/// <summary>struct ipt_replace and ip6t_replace, without the entries that follow at 96.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ipt_replace
{
    public xt_table_name name;
    public uint valid_hooks;
    public uint num_entries;
    public uint size;
    public xt_hook_offsets hook_entry;
    public xt_hook_offsets underflow;
    public uint num_counters;
    public xt_counters* counters;
}

/// <summary>struct xt_counters.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct xt_counters
{
    public ulong pcnt;
    public ulong bcnt;
}

/// <summary>struct xt_counters_info, without the counters that follow at 40.</summary>
[StructLayout(LayoutKind.Sequential, Size = 40)]
internal struct xt_counters_info
{
    public xt_table_name name;
    public uint num_counters;
}

/// <summary>struct xt_mark_mtinfo1 of netfilter/xt_mark.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct xt_mark_mtinfo1
{
    public uint mark;
    public uint mask;
    public byte invert;
}
