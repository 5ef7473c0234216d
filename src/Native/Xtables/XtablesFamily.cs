namespace LxcNative.Native.Xtables;

/// <summary>The address family of a legacy table.</summary>
public enum XtablesFamily
{
    /// <summary>ip_tables, what iptables-legacy edits.</summary>
    IPv4,

    /// <summary>ip6_tables, what ip6tables-legacy edits.</summary>
    IPv6,
}
