using LxcNative.Native.Files;
using LxcNative.Native.Handles;
using LxcNative.Native.Namespaces;
using LxcNative.Native.Xtables;

namespace LxcNative.Orchestrator.Parts.Network.Capturing;

/// <summary>What a namespace has that only /proc and the legacy tables tell, and that is not captured here.</summary>
internal static class NamespaceObstacles
{
    /// <summary>Names it, read by a thread that is in the namespace.</summary>
    /// <param name="netns">The namespace.</param>
    /// <param name="owner">The inode of the user namespace that will own the one in its place; null for the caller's.</param>
    public static List<string> FindHere(FileDescriptor netns, ulong? owner)
    {
        var obstacles = new List<string>();
        using (var users = Namespace.OpenOwner(netns))
        {
            if (NamespaceId.Read(users).Inode != (owner ?? NamespaceId.ReadSelf(NamespaceKind.User).Inode))
                obstacles.Add("the network namespace belongs to another user namespace");
        }

        AddTables(obstacles, XtablesFamily.IPv4, "ip_tables_names");
        AddTables(obstacles, XtablesFamily.IPv6, "ip6_tables_names");
        if (Lines("arp_tables_names") > 0)
            obstacles.Add("legacy arptables are in use");
        if (Lines("ip_mr_vif") > 1 || Lines("ip6_mr_vif") > 1)
            obstacles.Add("a multicast routing daemon is at work");
        if (Lines("ip_vs") > 3)
            obstacles.Add("IPVS has services");
        if (KernelText("/proc/sys/net/mpls/platform_labels") is { } labels && labels.Trim() != "0")
            obstacles.Add("MPLS labels are in use");
        return obstacles;
    }

    private static int Lines(string file) => KernelText($"/proc/thread-self/net/{file}") is { } text
        ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length
        : 0;

    private static string? KernelText(string path) => FileStatus.TryRead(path, out _) ? KernelFile.ReadText(path) : null;

    private static void AddTables(List<string> obstacles, XtablesFamily family, string file)
    {
        var names = KernelText($"/proc/thread-self/net/{file}")?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (names.Length == 0)
            return;
        using var socket = XtablesSocket.Open(family);
        foreach (var name in names)
        {
            if (!socket.Read(name).IsUntouched)
                obstacles.Add($"the legacy {(family == XtablesFamily.IPv4 ? "iptables" : "ip6tables")} table {name} has rules");
        }
    }
}
