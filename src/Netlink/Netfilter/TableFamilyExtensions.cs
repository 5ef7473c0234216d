namespace LxcNative.Netlink.Netfilter;

/// <summary>What can be said of a <see cref="TableFamily"/>.</summary>
public static class TableFamilyExtensions
{
    extension(TableFamily family)
    {
        /// <summary>The word that nft uses for it; the number where nft has none.</summary>
        public string Keyword => family switch
        {
            TableFamily.Inet => "inet",
            TableFamily.IPv4 => "ip",
            TableFamily.Arp => "arp",
            TableFamily.Netdev => "netdev",
            TableFamily.Bridge => "bridge",
            TableFamily.IPv6 => "ip6",
            _ => ((byte)family).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
